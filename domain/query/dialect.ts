import { z } from "zod";

/** How a statement is written. */
export const Dialect = z.enum(["trino", "duckdb"]);
export type Dialect = z.infer<typeof Dialect>;

/** Where a statement runs: DuckDB in the page, DuckDB on the server, or Trino. */
export const EngineName = z.enum(["browser", "duckdb", "trino"]);
export type EngineName = z.infer<typeof EngineName>;

export const EngineChoice = z.enum(["auto", ...EngineName.options]);
export type EngineChoice = z.infer<typeof EngineChoice>;
