import { z } from "zod";
import { requireRole } from "../workspaces/index";
import { type ForecastScope, forecastTables } from "./forecast-tables";

const MOST_CATEGORIES = 5_000;

export const ListCategoriesInput = z.object({ runId: z.string().optional() });

/** The categories that a run forecasts, by name; those of its features where there is no forecast yet. */
export async function listCategories(
  scope: ForecastScope,
  { runId }: z.infer<typeof ListCategoriesInput>,
): Promise<string[]> {
  requireRole(scope, "viewer");
  const { forecast, backtest, features } = await forecastTables(scope, runId);
  const table = forecast ?? backtest ?? features;
  if (table === null) return [];
  const { rows } = await scope.queryEngine.rows(`SELECT DISTINCT category FROM ${table.name} ORDER BY 1`, {
    tables: [{ name: table.name, uris: table.uris }],
    limit: MOST_CATEGORIES,
  });
  return rows.map(([category]) => String(category));
}
