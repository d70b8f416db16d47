"use client";

import { useEffect, useState } from "react";
import type { ChartData } from "@/domain/query/compile/chart-data";
import type { ChartSpec } from "@/domain/query/compile/chart-spec";
import { compileChart } from "@/domain/query/compile/compile-chart";
import { readChart } from "@/domain/query/compile/read-chart";
import type { ResultSource } from "../results/result-source";

export type ChartState = {
  /** With the spec that it was asked for: the picture stays while another is computed. */
  drawn: { data: ChartData; spec: ChartSpec } | null;
  failure: unknown;
  isLoading: boolean;
};

/** The points of a chart of all rows of a result; nothing is asked while `isOn` is false. */
export function useChart(source: ResultSource, spec: ChartSpec | null, isOn: boolean): ChartState {
  const [state, setState] = useState<ChartState>({ drawn: null, failure: null, isLoading: false });
  useEffect(() => {
    if (spec === null || !isOn) return;
    // The engine stops at what is no longer looked at.
    const leaving = new AbortController();
    setState((before) => ({ ...before, isLoading: true }));
    const ask = async () => {
      try {
        const cells = await source.rowsOf(compileChart(spec, source.columns), leaving.signal);
        const data = readChart(cells, spec, source.columns);
        if (!leaving.signal.aborted) setState({ drawn: { data, spec }, failure: null, isLoading: false });
      } catch (failure) {
        if (!leaving.signal.aborted) setState((before) => ({ ...before, failure, isLoading: false }));
      }
    };
    void ask();
    return () => leaving.abort(new DOMException("Another chart is asked for.", "AbortError"));
  }, [source, spec, isOn]);
  return state;
}
