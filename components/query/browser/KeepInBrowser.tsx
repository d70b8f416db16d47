"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { failureOf } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";
import type { QueryRun } from "@/domain/query/query-run";
import type { ResultSource } from "../results/result-source";
import { browserEngine } from "./browser-engine";

export type KeepInBrowserProps = {
  /** A workspace and a person. */
  scope: string;
  /** Complete. */
  source: ResultSource;
  run: QueryRun;
  title: string;
};

/** Makes a result a table of this browser, which statements read by its name. */
export function KeepInBrowser({ scope, source, run, title }: KeepInBrowserProps) {
  const [isBusy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    try {
      const [engine, { bringResult }, { freeTableName }] = await Promise.all([
        browserEngine(scope),
        import("./bring-result"),
        import("@/components/engines/duckdb-wasm/tables/table-names"),
      ]);
      const taken = engine.tables.list().map(({ path }) => path.join("."));
      const name = freeTableName(`result ${title}`, taken);
      const origin = {
        kind: "result",
        queryId: run.id,
        sql: run.sql,
        ranAt: run.createdAt.toISOString(),
      } as const;
      await bringResult(engine, source, { path: [name], origin }, { signal: new AbortController().signal });
      void toastDone(`The rows are the table ${name} of this browser.`);
    } catch (error) {
      void toastFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      busy={isBusy}
      disabledReason={run.status === "succeeded" ? null : "All rows have to be here first."}
      kind="quiet"
      onClick={() => void keep()}
      title="Make it a table that statements can read in this browser"
    >
      Keep
    </Button>
  );
}
