import { z } from "zod";
import type { CatalogTable } from "../../domain/ports/table-catalog";
import { quoteTableName } from "../../domain/ports/table-name";
import { requireRole } from "../workspaces/index";
import { type ForecastScope, forecastTables } from "./forecast-tables";

const MOST_CATEGORIES = 5_000;

export const ListCategoriesInput = z.object({ runId: z.string().optional() });
export const ListCategoriesResult = z.array(
  z.object({
    category: z.string(),
    /** Whether the back-test judges it: only then are there errors beside baselines. */
    hasBacktest: z.boolean(),
    hasForecast: z.boolean(),
  }),
);

/** The categories that a run forecasts or judges, by name; those of its features where it has done neither yet. */
export async function listCategories(
  scope: ForecastScope,
  { runId }: z.infer<typeof ListCategoriesInput>,
): Promise<z.infer<typeof ListCategoriesResult>> {
  requireRole(scope, "viewer");
  const tables = await forecastTables(scope, runId);
  const isMade = tables.forecast !== null || tables.backtest !== null;
  const [forecast, backtest, features] = await Promise.all([
    categoriesOf(scope, tables.forecast),
    categoriesOf(scope, tables.backtest),
    categoriesOf(scope, isMade ? null : tables.features),
  ]);
  const all = [...new Set([...forecast, ...backtest, ...features])];
  return all
    .sort((a, b) => a.localeCompare(b))
    .map((category) => ({
      category,
      hasBacktest: backtest.has(category),
      hasForecast: forecast.has(category),
    }));
}

async function categoriesOf(
  { queryEngine }: ForecastScope,
  table: CatalogTable | null,
): Promise<Set<string>> {
  if (table === null) return new Set();
  const { rows } = await queryEngine.rows(`SELECT DISTINCT category FROM ${quoteTableName(table.name)}`, {
    tables: [table],
    limit: MOST_CATEGORIES,
  });
  return new Set(rows.map(([category]) => String(category)));
}
