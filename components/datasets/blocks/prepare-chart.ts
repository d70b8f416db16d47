import { isNumericType, prepareCell } from "@/components/grid/prepare-cell";
import type { ChartSettings } from "@/domain/datasets/report-content";
import type { Cell } from "@/domain/ports/rows";

/** So many points a chart can still show. */
const MOST_POINTS = 2_000;

export type ChartPoint = { x: string; values: (number | null)[] };

export type PreparedChart =
  | { kind: "chart"; series: string[]; points: ChartPoint[] /** Rows that are not drawn. */; leftOut: number }
  | { kind: "problem"; message: string };

type Result = { columns: { name: string; type: string }[]; rows: Cell[][] };

/** The points of a chart in the order of the rows. Values that are no number are gaps. */
export function prepareChart({ columns, rows }: Result, { x, y }: ChartSettings): PreparedChart {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const missing = [x, ...y].filter((name) => place(name) < 0);
  if (missing.length > 0)
    return { kind: "problem", message: `The result has no column ${missing.join(", ")}.` };
  const texts = y.filter((name) => !isNumericType(columns[place(name)]?.type ?? ""));
  if (texts.length > 0)
    return { kind: "problem", message: `${texts.join(", ")} cannot be drawn: its values are no numbers.` };
  const xType = columns[place(x)]?.type ?? "";
  const points = rows.slice(0, MOST_POINTS).map((row) => ({
    x: prepareCell(row[place(x)] ?? null, xType).text,
    values: y.map((name) => numberOf(row[place(name)] ?? null)),
  }));
  return { kind: "chart", series: y, points, leftOut: Math.max(0, rows.length - MOST_POINTS) };
}

function numberOf(cell: Cell): number | null {
  if (cell === null || cell === "") return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}
