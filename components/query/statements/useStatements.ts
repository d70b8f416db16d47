"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { serverExecutor } from "./server-executor";
import { isOver, type Statement } from "./statement";
import { type Executor, statementStore } from "./statement-store";

const TICK_MS = 100;

/** The statements of this page; `browser` runs those that are to run in the page itself. */
export function useStatements(workspace: string, browser: (server: Executor) => Executor) {
  const client = useTRPCClient();
  const [store] = useState(() =>
    statementStore(browser(serverExecutor(client, workspace)), { now: () => Date.now(), failureOf }),
  );
  const all = useSyncExternalStore(store.subscribe, store.all, store.all);
  const isRunning = useMemo(() => all.some((each) => !isOver(each)), [all]);
  const now = useTick(isRunning);
  return { store, all, isRunning, now };
}

/** The browser's clock, ten times a second while something runs. */
function useTick(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    // The browser's clock.
    setNow(Date.now());
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

export const statementsOf = (all: readonly Statement[], draftId: string): Statement[] =>
  all.filter((each) => each.draftId === draftId);
