import { z } from "zod";
import type { Cell } from "../../domain/ports/rows";
import type { CatalogTable } from "../../domain/ports/table-catalog";
import { quoteTableName } from "../../domain/ports/table-name";
import { requireRole } from "../workspaces/index";
import { type ForecastScope, forecastTables } from "./forecast-tables";
import { sqlText } from "./sql-text";

const MOST_ROWS = 20_000;
const USES = ["features", "backtest", "forecast"] as const;

export const GetForecastInput = z.object({
  runId: z.string().optional(),
  category: z.string().min(1).max(200),
});

const units = z.number();
export const ForecastView = z.object({
  category: z.string(),
  /** One entry per business day, oldest first; units. */
  history: z.array(z.object({ date: z.string(), actual: units })),
  /** The chosen forecaster at the rolling origins and the holdout. Bounds are null where the script gave none. */
  backtest: z.array(
    z.object({
      origin: z.string(),
      date: z.string(),
      actual: units,
      predicted: units,
      lower: units.nullable(),
      upper: units.nullable(),
    }),
  ),
  forecast: z.array(
    z.object({ date: z.string(), predicted: units, lower: units.nullable(), upper: units.nullable() }),
  ),
  modelVersion: z.string().nullable(),
  /** When the forecast was written; null where there is none. */
  asOf: z.date().nullable(),
  /** What was read, in the version that was read; a table that is not there yet is left out. */
  tables: z.array(
    z.object({
      use: z.enum(["features", "backtest", "forecast"]),
      name: z.string(),
      version: z.string(),
      /** What wrote it, for people. */
      writtenBy: z.string(),
      committedAt: z.date(),
    }),
  ),
});
export type ForecastView = z.infer<typeof ForecastView>;

/** The history of one category with its back-test and its forecast. Empty arrays where a table is not there yet. */
export async function getForecast(
  scope: ForecastScope,
  { runId, category }: z.infer<typeof GetForecastInput>,
): Promise<ForecastView> {
  requireRole(scope, "viewer");
  const tables = await forecastTables(scope, runId);
  const where = `WHERE category = ${sqlText(category)}`;
  const read = (table: CatalogTable | null, sql: (name: string) => string) => rowsOf(scope, table, sql);
  const [history, backtest, forecast] = await Promise.all([
    read(
      tables.features,
      (name) =>
        `SELECT CAST(sale_date AS VARCHAR), CAST(units_sold AS DOUBLE) FROM ${name} ${where} ORDER BY 1`,
    ),
    read(
      tables.backtest,
      (
        name,
      ) => `SELECT CAST(origin AS VARCHAR), CAST("date" AS VARCHAR), CAST(actual AS DOUBLE), CAST(predicted AS DOUBLE),
                        CAST("lower" AS DOUBLE), CAST("upper" AS DOUBLE)
                 FROM ${name} ${where} AND chosen AND (is_rolling OR is_holdout) ORDER BY 1, 2`,
    ),
    read(
      tables.forecast,
      (
        name,
      ) => `SELECT CAST(forecast_date AS VARCHAR), CAST(predicted_units AS DOUBLE), CAST(prediction_interval_lower AS DOUBLE),
                        CAST(prediction_interval_upper AS DOUBLE), model_version
                 FROM ${name} ${where} ORDER BY 1`,
    ),
  ]);
  const version = forecast[0]?.[4];
  return {
    category,
    history: history.map(([date, actual]) => ({ date: day(date), actual: Number(actual) })),
    backtest: backtest.map(([origin, date, actual, predicted, lower, upper]) => ({
      origin: day(origin),
      date: day(date),
      actual: Number(actual),
      predicted: Number(predicted),
      lower: bound(lower),
      upper: bound(upper),
    })),
    forecast: forecast.map(([date, predicted, lower, upper]) => ({
      date: day(date),
      predicted: Number(predicted),
      lower: bound(lower),
      upper: bound(upper),
    })),
    modelVersion: typeof version === "string" ? version : null,
    asOf: tables.forecast?.committedAt ?? null,
    tables: USES.flatMap((use) => {
      const table = tables[use];
      if (table === null) return [];
      const { name, version, writtenBy, committedAt } = table;
      return { use, name, version: String(version), writtenBy, committedAt };
    }),
  };
}

async function rowsOf(
  { queryEngine }: ForecastScope,
  table: CatalogTable | null,
  sql: (name: string) => string,
): Promise<Cell[][]> {
  if (table === null) return [];
  const { rows } = await queryEngine.rows(sql(quoteTableName(table.name)), {
    tables: [table],
    limit: MOST_ROWS,
  });
  return rows;
}

const day = (cell: Cell | undefined): string => String(cell ?? "").slice(0, 10);
const bound = (cell: Cell | undefined): number | null =>
  cell === null || cell === undefined ? null : Number(cell);
