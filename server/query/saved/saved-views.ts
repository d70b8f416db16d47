import { z } from "zod";
import { Dialect } from "../../../domain/query/dialect";
import { QueryParameter } from "../../../domain/query/query-parameter";
import { QueryName } from "../../../domain/query/saved-query-name";
import { MOST_SQL } from "../views";

/** How a chart is drawn from the result; null where the query has none. */
export const SavedChart = z.record(z.string(), z.unknown()).nullable();

export const SavedQueryContent = z.object({
  sql: z.string().min(1).max(MOST_SQL),
  dialect: Dialect.default("trino"),
  /** With the values that its form starts with. */
  parameters: z.array(QueryParameter).max(200).default([]),
  chart: SavedChart.default(null),
});

export const SavedQueryView = z.object({
  name: z.string(),
  /** The whole name, by which a pipeline's `query_ref` knows it. */
  ref: z.string(),
  version: z.int(),
  currentVersion: z.int(),
  sql: z.string(),
  dialect: Dialect,
  parameters: z.array(QueryParameter),
  chart: SavedChart,
  createdBy: z.string(),
  createdAt: z.date(),
});
export type SavedQueryView = z.infer<typeof SavedQueryView>;

export const SavedQueryItem = SavedQueryView.pick({
  name: true,
  ref: true,
  version: true,
  dialect: true,
}).extend({
  /** The first letters of the statement. */
  excerpt: z.string(),
  parameters: z.int(),
  hasChart: z.boolean(),
  updatedBy: z.string(),
  updatedAt: z.date(),
});

export const SavedQueryInput = z.object({ name: QueryName });
export const Version = z.int().min(1).max(2_147_483_647);
