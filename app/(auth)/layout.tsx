import type { ReactNode } from "react";
import { AuthFrame } from "@/components/auth/AuthFrame";
import { AuthStateProvider } from "@/components/auth/auth-state";
import { pageCaller } from "@/server/trpc/page-caller";

export const dynamic = "force-dynamic";

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const { caller, person, version } = await pageCaller();
  const state = await caller.auth.state();
  return (
    <AuthStateProvider value={{ ...state, version, personName: person?.name ?? null }}>
      <AuthFrame>{children}</AuthFrame>
    </AuthStateProvider>
  );
}
