"use client";

import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { ResultSource } from "../results/result-source";
import type { BringOptions } from "./bring-result";
import { type BrowserEngine, browserEngine } from "./browser-engine";

const NO_TABLES: readonly BrowserTable[] = [];
const nothing = () => () => {};

/** Something that is on its way into the browser. */
export type Arrival = {
  id: string;
  label: string;
  rows: number | null;
  ofRows: number | null;
  stop: () => void;
};

export type BrowserTablesState = {
  tables: readonly BrowserTable[];
  /** Null until the engine's code is there. */
  engine: BrowserEngine | null;
  /** Whether tables outlive a reload. */
  isLasting: boolean;
  arrivals: readonly Arrival[];
  failure: ShownFailure | null;
  clearFailure: () => void;
  /** Files become tables that are named after them. */
  addFiles: (files: readonly File[]) => Promise<void>;
  addResult: (
    source: ResultSource,
    name: string,
    origin: { queryId: string; sql: string; ranAt: string },
  ) => Promise<void>;
  /** Any other way in; its failure is shown here. */
  bring: (
    label: string,
    act: (engine: BrowserEngine, options: BringOptions) => Promise<unknown>,
  ) => Promise<void>;
  rename: (id: string, name: string) => Promise<void>;
  drop: (id: string) => Promise<void>;
};

/** The tables of this browser for a workspace and a person (`scope`). */
export function useBrowserTables(scope: string): BrowserTablesState {
  const [engine, setEngine] = useState<BrowserEngine | null>(null);
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  useEffect(() => {
    // The code of the engine, and what this browser keeps.
    let isCurrent = true;
    browserEngine(scope).then(
      (opened) => isCurrent && setEngine(opened),
      (error) => isCurrent && setFailure(failureOf(error)),
    );
    return () => {
      isCurrent = false;
      setEngine(null);
    };
  }, [scope]);
  const tables = useSyncExternalStore<readonly BrowserTable[]>(
    engine?.tables.subscribe ?? nothing,
    () => engine?.tables.list() ?? NO_TABLES,
    () => NO_TABLES,
  );

  const bring: BrowserTablesState["bring"] = useCallback(
    async (label, act) => {
      const stop = new AbortController();
      let arrival: Arrival = {
        id: crypto.randomUUID(),
        label,
        rows: null,
        ofRows: null,
        stop: () => stop.abort(),
      };
      setFailure(null);
      setArrivals((all) => [...all, arrival]);
      const change = (next: Arrival | null) => {
        const before = arrival;
        arrival = next ?? arrival;
        setArrivals((all) => all.flatMap((each) => (each === before ? (next ?? []) : each)));
      };
      try {
        await act(await browserEngine(scope), {
          signal: stop.signal,
          onProgress: ({ rows, ofRows }) => change({ ...arrival, rows, ofRows }),
        });
      } catch (error) {
        if (!stop.signal.aborted) setFailure(failureOf(error));
      } finally {
        change(null);
      }
    },
    [scope],
  );

  const addFiles = useCallback(
    async (files: readonly File[]) => {
      for (const file of files) {
        await bring(file.name, async (opened, { signal }) => {
          const { addFile } = await import("./add-file");
          await addFile(opened, file, signal);
        });
      }
    },
    [bring],
  );

  const addResult: BrowserTablesState["addResult"] = useCallback(
    (source, name, origin) =>
      bring(name, async (opened, options) => {
        const { bringResult } = await import("./bring-result");
        await bringResult(opened, source, { path: [name], origin: { kind: "result", ...origin } }, options);
      }),
    [bring],
  );

  return useMemo(
    () => ({
      tables,
      engine,
      isLasting: engine?.tables.isLasting ?? false,
      arrivals,
      failure,
      clearFailure: () => setFailure(null),
      addFiles,
      addResult,
      bring,
      rename: async (id: string, name: string) => (await browserEngine(scope)).tables.rename(id, name),
      drop: (id: string) => bring("drop", async (opened) => opened.tables.drop(id)),
    }),
    [tables, engine, arrivals, failure, addFiles, addResult, bring, scope],
  );
}
