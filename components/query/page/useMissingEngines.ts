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
    ...(stateOf("duckdb") === "up" ? {} : { duckdb: "is down" }),
    ...(trino === "up" ? {} : { trino: trino === "not_offered" ? "set TRINO_URL" : `is ${trino}` }),
  };
}
