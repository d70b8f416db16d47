import { z } from "zod";

/** Scalars as a filter names them; decimals, bigints and times as text, so that no digit is lost. */
const FilterValue = z.union([z.string().max(10_000), z.number(), z.boolean()]);

/** A condition on one column, told by its place in the result. */
export const ResultFilter = z.object({
  column: z.int().min(0),
  operator: z.enum([
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "contains",
    "starts_with",
    "in",
    "is_null",
    "is_not_null",
  ]),
  /** Absent for `is_null` and `is_not_null`; a list for `in`. */
  value: z.union([FilterValue, z.array(FilterValue).max(1_000)]).optional(),
});
export type ResultFilter = z.infer<typeof ResultFilter>;

/** How the rows of a result are to be looked at: the statement is not run again. */
export const ResultView = z.object({
  sort: z
    .array(z.object({ column: z.int().min(0), descending: z.boolean() }))
    .max(16)
    .default([]),
  filters: z.array(ResultFilter).max(64).default([]),
  /** Rows in which any column, as text, holds this, whatever the case. */
  search: z.string().max(1_000).default(""),
});
export type ResultView = z.infer<typeof ResultView>;
