import { z } from "zod";
import { Dialect, EngineChoice, EngineName } from "../../domain/query/dialect";
import { QueryParameters } from "../../domain/query/query-parameter";
import { QueryRun, StatementKind } from "../../domain/query/query-run";
import { ResultColumn } from "../../domain/query/result-column";

/** What the procedures of this room take and answer. */

export const RunId = z.string().min(1).max(100);
export const RunInput = z.object({ id: RunId });

export const QueryRunView = QueryRun.extend({ engine: EngineName });
export type QueryRunView = z.infer<typeof QueryRunView>;

/** A run in a list: without its columns and what was sent to the engine; of a long statement the first letters. */
export const QueryRunItem = QueryRunView.omit({ columns: true, translated: true }).extend({
  /** The length of the whole statement. */
  sqlLength: z.int(),
});
export type QueryRunItem = z.infer<typeof QueryRunItem>;

/** A table that DuckDB in the page holds. */
export const BrowserTable = z.object({
  /** As statements spell it: three parts for a table of the lake, any name for a file or a result. */
  name: z.string().min(1).max(700),
  /** The state of a table of the lake; null for files and results. */
  snapshotId: z.string().nullable(),
  bytes: z.number().min(0),
  /** Needed where the catalog does not know the table. */
  columns: z.array(ResultColumn).max(100_000).optional(),
});

/** What a page says of itself, so that a statement may be placed there. */
export const BrowserFacts = z.object({
  tables: z.array(BrowserTable).max(1_000).default([]),
  /** What its engine may use in all. */
  memoryLimitBytes: z.number().min(0),
  cores: z.int().min(1).max(1_024),
});
export type BrowserFacts = z.infer<typeof BrowserFacts>;

export const MOST_SQL = 2_000_000;

/** A statement as it is written. */
export const StatementFields = {
  sql: z
    .string()
    .min(1, "There is no statement.")
    .max(MOST_SQL, `A statement has ${MOST_SQL.toLocaleString("en")} characters at most.`),
  dialect: Dialect.default("trino"),
  engine: EngineChoice.default("auto"),
  parameters: QueryParameters.default([]),
};

export const PlacementView = QueryRun.shape.placement;
export type PlacementView = z.infer<typeof PlacementView>;

/** An engine, and why it cannot be had for this statement where it cannot. */
export const EngineOffer = z.object({
  engine: EngineName,
  isAvailable: z.boolean(),
  reason: z.string(),
});
export type EngineOffer = z.infer<typeof EngineOffer>;

export const PreparedView = z.object({
  kind: StatementKind,
  placement: PlacementView,
  /** All engines, each with whether it can be chosen. */
  engines: z.array(EngineOffer),
  /** For the engine of the placement, every table under the name that the statement uses. */
  sql: z.string(),
  /** [start in `sql`, start as written, length as written], for the places of errors. */
  origins: z.array(z.tuple([z.int(), z.int(), z.int()])),
  isOrdered: z.boolean(),
  reads: z.array(
    z.object({
      table: z.string(),
      /** The name under which `sql` reads it: another one where it is read as of an earlier time. */
      as: z.string(),
      snapshotId: z.string().nullable(),
      /** Null where the catalog does not know. */
      rows: z.number().nullable(),
      bytes: z.number().nullable(),
    }),
  ),
  write: z.object({ table: z.string(), mode: z.enum(["create", "replace", "append", "drop"]) }).nullable(),
});
export type PreparedView = z.infer<typeof PreparedView>;
