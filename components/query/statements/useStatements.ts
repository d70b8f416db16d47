"use client";

import { useMemo, useState, useSyncExternalStore } from "react";
import { useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { browserExecutor, forgetBrowserSource } from "../browser/browser-executor";
import { followRun, serverExecutor } from "./server-executor";
import { isOver, type Statement } from "./statement";
import { statementStore } from "./statement-store";

type Client = ReturnType<typeof useTRPCClient>;

/** A store of statements; rows that are in the page are let go with the tabs that showed them. */
function open(client: Client, workspace: string, scope: string) {
  const browser = browserExecutor(client, workspace, scope);
  const store = statementStore(browser(serverExecutor(client, workspace)), {
    now: () => Date.now(),
    failureOf,
    follow: (runId, options) => followRun(client, workspace, runId, options),
  });
  let held = new Set<string>();
  store.subscribe(() => {
    const now = new Set(store.all().flatMap(({ run }) => (run === null ? [] : [run.id])));
    for (const runId of held) if (!now.has(runId)) forgetBrowserSource(runId);
    held = now;
  });
  return store;
}

/** The statements of this page. `scope` is whose tables of the browser they may read. */
export function useStatements(workspace: string, scope: string) {
  const client = useTRPCClient();
  const [store] = useState(() => open(client, workspace, scope));
  const all = useSyncExternalStore(store.subscribe, store.all, store.all);
  const isRunning = useMemo(() => all.some((each) => !isOver(each)), [all]);
  return { store, all, isRunning };
}

export const statementsOf = (all: readonly Statement[], draftId: string): Statement[] =>
  all.filter((each) => each.draftId === draftId);
