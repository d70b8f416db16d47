"use client";

import { useEffect, useRef, useState } from "react";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { AskAgain } from "@/domain/query/ask-again/ask-again";
import type { AskedHere } from "../browser/ask-result";
import { browserEngine } from "../browser/browser-engine";
import type { ResultSource } from "../results/result-source";

export type AskedAgain = { source: ResultSource; sql: string; elapsedMs: number };

/** Asks a finished result in the page. The rows are brought there once; the statement behind them is not run again. */
export function useAskAgain(scope: string, result: ResultSource, other: ResultSource | null) {
  const [failure, setFailure] = useState<ShownFailure | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [brought, setBrought] = useState<{ rows: number; ofRows: number } | null>(null);
  const here = useRef<Promise<AskedHere> | null>(null);
  const stop = useRef<AbortController | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: copies of other results are let go of
  useEffect(() => {
    // What was brought into DuckDB of the page.
    return () => {
      stop.current?.abort();
      void here.current?.then((asked) => asked.close()).catch(() => {});
      here.current = null;
    };
  }, [scope, result, other]);

  const open = (signal: AbortSignal): Promise<AskedHere> => {
    here.current ??= browserEngine(scope).then(async (engine) => {
      const { askHere } = await import("../browser/ask-result");
      return askHere(engine, result, other, {
        signal,
        onProgress: ({ rows, ofRows }) => setBrought({ rows, ofRows }),
      });
    });
    here.current.catch(() => {
      here.current = null;
    });
    return here.current;
  };

  async function within<T>(act: (asked: AskedHere, signal: AbortSignal) => Promise<T>): Promise<T | null> {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    setFailure(null);
    setAsking(true);
    try {
      return await act(await open(own.signal), own.signal);
    } catch (error) {
      if (!own.signal.aborted) setFailure(failureOf(error));
      return null;
    } finally {
      if (stop.current === own) {
        setAsking(false);
        setBrought(null);
      }
    }
  }

  return {
    failure,
    isAsking,
    brought,
    /** The question as SQL; null where it failed, which `failure` tells. */
    compile: (ask: AskAgain) => within((asked, signal) => asked.compile(ask, signal)),
    run: (sql: string): Promise<AskedAgain | null> =>
      within(async (asked, signal) => {
        const { source, elapsedMs } = await asked.run(sql, signal);
        return { source, sql, elapsedMs };
      }),
    cancel: () => stop.current?.abort(),
  };
}
