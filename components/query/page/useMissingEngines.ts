"use client";

import { useEngines } from "@/components/shell/useEngines";
import type { EngineChoice } from "@/domain/query/dialect";

/** Engines of the server that cannot be had now, with why in a word or two, for the menu. */
export function useMissingEngines(): Partial<Record<EngineChoice, string>> {
  const { summary } = useEngines();
  if (summary === null) return {};
  const stateOf = (key: string) => summary.rows.find((row) => row.key === key)?.status ?? "not_offered";
  const trino = stateOf("trino");
  return {
    // DuckDB runs in the Python environment of the lake.
    ...(stateOf("lake") === "up" ? {} : { duckdb: `is ${stateOf("lake").replace("_", " ")}` }),
    ...(trino === "up" ? {} : { trino: trino === "not_offered" ? "set TRINO_URL" : `is ${trino}` }),
  };
}
