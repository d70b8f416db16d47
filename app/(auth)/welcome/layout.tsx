import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { pageCaller } from "@/server/trpc/page-caller";

export const metadata: Metadata = { title: "Create the first admin" };

export default async function WelcomeLayout({ children }: { children: ReactNode }) {
  const { caller } = await pageCaller();
  if (!(await caller.auth.state()).needsSetup) redirect("/");
  return children;
}
