"use client";

import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatDuration } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { toastDone } from "@/components/ui/toast";
import { ENGINE_WORDS } from "../engine-words";
import type { StatementRequest } from "../statements/statement";
import { PlanTree } from "./PlanTree";
import { planText, preparePlan } from "./prepare-plan";

export type PlanTabProps = {
  workspace: string;
  statement: StatementRequest;
  /** Explains it without being asked: it is cheap, and nothing is run. */
  asksAtOnce?: boolean;
};

/** How an engine answers a statement, as a tree; run, with the rows and the time of each step. */
export function PlanTab({ workspace, statement, asksAtOnce = false }: PlanTabProps) {
  const trpc = useTRPC();
  const explain = useMutation(trpc.queries.explain.mutationOptions());
  const { mutate } = explain;
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const { sql, dialect, engine, parameters } = statement;
  const ask = useCallback(
    (analyze: boolean) => {
      setClosed(new Set());
      const where = engine === "browser" ? "auto" : engine;
      mutate({ workspace, sql, dialect, engine: where, parameters, analyze });
    },
    [mutate, workspace, sql, dialect, engine, parameters],
  );
  useEffect(() => {
    // The engine plans the statement.
    if (asksAtOnce) ask(false);
  }, [asksAtOnce, ask]);
  const found = explain.data;
  const rows = useMemo(() => (found === undefined ? [] : preparePlan(found.plan, closed)), [found, closed]);
  const toggle = (id: string) =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const total = rows.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  return (
    <section aria-label="Plan" className="relative flex h-full min-h-0 flex-col bg-panel">
      {explain.isPending && <LoadingBar />}
      <div className="flex min-h-[34px] shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 text-12">
        <Button busy={explain.isPending} onClick={() => ask(false)}>
          Explain
        </Button>
        <Button busy={explain.isPending} onClick={() => ask(true)}>
          Explain and run
        </Button>
        {found !== undefined && (
          <span className="text-ink-2">
            {ENGINE_WORDS[found.engine]}
            {total > 0 && `, ${formatDuration(total)} over all steps and threads`}
          </span>
        )}
        {found !== undefined && (
          <Button
            className="ml-auto"
            kind="quiet"
            onClick={() =>
              navigator.clipboard
                .writeText(planText(found.plan))
                .then(() => toastDone("The plan was copied."))
            }
          >
            Copy as text
          </Button>
        )}
      </div>
      {explain.isError && <FailurePanel failure={failureOf(explain.error)} />}
      {found === undefined && !explain.isError && (
        <EmptyState title="Explain shows how the engine answers this statement.">
          Explain and run also runs it, drops its rows, and says how many rows and how much time each step
          took.
        </EmptyState>
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <div className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
          <PlanTree onToggle={toggle} rows={rows} />
        </div>
      )}
    </section>
  );
}
