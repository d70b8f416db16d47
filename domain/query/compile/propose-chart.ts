import type { ResultColumn } from "../result-column";
import type { ChartSpec } from "./chart-spec";
import { columnKind, isNumber, isTime } from "./column-kind";

/** A first chart of a result, by the kinds and names of its columns; null where nothing can be drawn. */
export function proposeChart(columns: readonly ResultColumn[]): ChartSpec | null {
  const known = columns.map(({ name, type }, column) => ({ column, name, kind: columnKind(type) }));
  const drawable = known.filter(({ kind }) => kind !== "nested");
  const time = drawable.find(({ kind }) => isTime(kind));
  const words = drawable.filter(({ kind }) => kind === "text" || kind === "boolean");
  const numbers = drawable.filter(({ kind, name }) => isNumber(kind) && !isKey(name));
  const common = { bucket: "none", sort: "none" } as const;
  if (time !== undefined) {
    const y = measure(numbers[0]?.column);
    const day = time.kind === "date" ? "none" : numbers[0] === undefined ? "day" : "none";
    return { ...common, kind: "line", x: time.column, bucket: day, y: [y], series: words[0]?.column ?? null };
  }
  const [first] = words;
  if (first !== undefined) {
    return {
      ...common,
      kind: "bar",
      x: first.column,
      y: [measure(numbers[0]?.column)],
      series: null,
      sort: "y_descending",
    };
  }
  const [one, other] = numbers;
  if (one !== undefined && other !== undefined) {
    const y = [{ column: other.column, aggregate: "none" as const }];
    return { ...common, kind: "scatter", x: one.column, y, series: null };
  }
  const any = one ?? drawable[0];
  if (any === undefined) return null;
  return { ...common, kind: "bar", x: any.column, y: [measure(undefined)], series: null };
}

const measure = (column: number | undefined): ChartSpec["y"][number] =>
  column === undefined ? { column: null, aggregate: "count" } : { column, aggregate: "sum" };

/** Keys are numbers that nobody adds up. */
const isKey = (name: string): boolean => /(^|_|[a-z])(id|Id|ID|key|Key|code|Code)$/.test(name);
