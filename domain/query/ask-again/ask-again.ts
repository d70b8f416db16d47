import { z } from "zod";
import { ResultFilter } from "../result-view";

/** A column of the result that is asked again, or of the one that it is joined with, by its place. */
export const AskedColumn = z.object({ of: z.enum(["result", "other"]), column: z.int().min(0) });
export type AskedColumn = z.infer<typeof AskedColumn>;

export const AGGREGATES = [
  "count",
  "count_distinct",
  "sum",
  "avg",
  "min",
  "max",
  "median",
  "first",
  "last",
] as const;

/** `column` is null for a count of rows alone. */
export const Aggregate = z.object({ of: z.enum(AGGREGATES), column: AskedColumn.nullable() });
export type Aggregate = z.infer<typeof Aggregate>;

const AskedFilter = ResultFilter.omit({ column: true }).extend({ column: AskedColumn });

/** A question to a finished result, as its form builds it. What is empty or null is not asked for. */
export const AskAgain = z.object({
  join: z
    .object({
      kind: z.enum(["inner", "left", "full"]),
      /** Pairs of equal columns; NULL equals nothing. */
      on: z
        .array(z.object({ result: z.int().min(0), other: z.int().min(0) }))
        .min(1)
        .max(8),
    })
    .nullable()
    .default(null),
  filters: z.array(AskedFilter).max(64).default([]),
  /** Rows with the same values become one. Without columns all rows become one. */
  group: z
    .object({ by: z.array(AskedColumn).max(32), aggregates: z.array(Aggregate).max(32) })
    .nullable()
    .default(null),
  /** A column of the answer for each value of `column`; the rows are those of `by`. */
  pivot: z
    .object({ by: z.array(AskedColumn).max(32), column: AskedColumn, value: Aggregate })
    .nullable()
    .default(null),
});
export type AskAgain = z.infer<typeof AskAgain>;

export const NOTHING_ASKED: AskAgain = { join: null, filters: [], group: null, pivot: null };
