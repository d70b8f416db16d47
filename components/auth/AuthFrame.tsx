"use client";

import type { ReactNode } from "react";
import { ThemeButton } from "@/components/theme/ThemeButton";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { Logo } from "@/components/ui/Logo";
import { Tag } from "@/components/ui/Tag";
import { AboutBench } from "./AboutBench";
import { useAuthState } from "./auth-state";

/** The doors: no rail, one column for the form and one that says what is behind them. */
export function AuthFrame({ children }: { children: ReactNode }) {
  const { version, needsSetup } = useAuthState();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-10 shrink-0 items-center gap-3 border-line-2 border-b bg-bg px-4">
        <Logo />
        <span className="font-semibold text-15">Benchwright</span>
        <Tag>{version}</Tag>
        {needsSetup && <span className="text-12 text-ink-2">new workplace, no people yet</span>}
        <span className="ml-auto">
          <ThemeButton />
        </span>
      </header>
      <div className="grid flex-1 grid-cols-1 bg-panel room:grid-cols-[420px_minmax(0,1fr)]">
        <main className="border-line-2 border-r p-6">{children}</main>
        <AboutBench />
      </div>
      <EvidenceLine right={[{ key: "version", text: `Benchwright ${version}` }]}>
        Passwords and keys are never written to logs. Nothing is sent outside this server.
      </EvidenceLine>
    </div>
  );
}
