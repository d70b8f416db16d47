import type { EngineChoice, EngineName } from "@/domain/query/dialect";

/** Engines as people are told of them. */
export const ENGINE_WORDS: Record<EngineName, string> = {
  browser: "DuckDB (browser)",
  duckdb: "DuckDB (server)",
  trino: "Trino",
};

export const CHOICE_WORDS: Record<EngineChoice, string> = { auto: "automatic", ...ENGINE_WORDS };
