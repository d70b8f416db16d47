import { Failure } from "../../shared/failure";
import type { ResultColumn } from "../result-column";
import { CHART_POINTS, CHART_SERIES, type ChartSpec } from "./chart-spec";
import { columnKind, isNumber, isTime } from "./column-kind";
import { cell, RESULT } from "./compile-view";
import { textLiteral } from "./filter-literal";

/** How the values of `x` are placed. */
export function chartAxis(spec: ChartSpec, columns: readonly ResultColumn[]): "number" | "time" | "category" {
  const kind = columnKind(columns[spec.x]?.type ?? "");
  if (isTime(kind)) return "time";
  return isNumber(kind) ? "number" : "category";
}

/**
 * The points of a chart, as one DuckDB SELECT over `result`, to be read by `readChart`. A series with more than 2,000 points
 * is down-sampled: lines, areas and bars keep the least and the greatest point of each of 1,000 equal stretches of the axis, a
 * scatter one point of each cell of a 50 × 40 grid. Values of the series past the sixth largest are taken together.
 *
 * Failures: `invalid_input`, with pointers into the spec.
 */
export function compileChart(spec: ChartSpec, columns: readonly ResultColumn[]): string {
  checkSpec(spec, columns);
  const hasCategories = chartAxis(spec, columns) === "category";
  const steps = [
    `input AS (${spec.y.map((_, index) => measured(spec, index, columns)).join(" UNION ALL ")})`,
    `ranks AS (${ranked(spec)})`,
    `named AS (SELECT i.x, i.place, i.label, i.y, coalesce(least(r.rank_at, ${CHART_SERIES}), 0) AS series FROM input i LEFT JOIN ranks r ON i.s IS NOT DISTINCT FROM r.s WHERE ${drawable(spec, hasCategories)})`,
    ...(hasCategories ? [`categories AS (${categories(spec)})`] : []),
    `points AS MATERIALIZED (${points(spec, hasCategories)})`,
    "ranges AS (SELECT series, count(*) AS n, min(x) AS lo, max(x) AS hi, min(y) AS low, max(y) AS high FROM points GROUP BY series)",
    `kept AS (${kept(spec, hasCategories)})`,
  ];
  const answers = [
    `SELECT 'total' AS fact, 0 AS place, NULL AS label, CAST(count(*) AS DOUBLE) AS x, CAST(count(*) FILTER (NOT (${drawable(spec, hasCategories)})) AS DOUBLE) AS y, ${hasCategories ? "(SELECT count(*) FROM categories)" : "0"} AS n FROM input i`,
    `SELECT 'series', r.series, first(label), NULL, NULL, max(r.n) FROM (SELECT series, n FROM ranges) r LEFT JOIN ${seriesNames(spec, columns)} ON r.series = s.rank_at GROUP BY r.series`,
    "SELECT 'ranks', 0, NULL, NULL, NULL, count(*) FROM ranks",
    ...(hasCategories
      ? [
          `SELECT 'category', position, label, NULL, NULL, NULL FROM categories WHERE position < ${CHART_POINTS}`,
        ]
      : []),
    "SELECT 'point', series, NULL, x, y, NULL FROM kept",
  ];
  return `WITH ${steps.join(", ")} ${answers.join(" UNION ALL ")}`;
}

/** Rows of one measure: `x` or, of categories, `label` and the `place` of the row; `y`; `s`, the value of the series. */
function measured(spec: ChartSpec, index: number, columns: readonly ResultColumn[]): string {
  const axis = chartAxis(spec, columns);
  const { column, aggregate } = spec.y[index] ?? { column: null, aggregate: "count" };
  const x = cell(spec.x);
  const place =
    axis === "category"
      ? `NULL AS x, row_number AS place, CAST(${x} AS VARCHAR) AS label`
      : `${position(spec, axis, columns)} AS x, 0 AS place, NULL AS label`;
  const y = column === null ? "1.0" : amount(column, aggregate, columns);
  const series = spec.series === null ? String(index) : cell(spec.series);
  return `SELECT ${place}, CAST(${y} AS DOUBLE) AS y, CAST(${series} AS VARCHAR) AS s FROM ${RESULT}`;
}

/** To be counted a value only has to be there. */
function amount(column: number, aggregate: string, columns: readonly ResultColumn[]): string {
  if (aggregate === "count") return `CASE WHEN ${cell(column)} IS NOT NULL THEN 1 END`;
  const isFlag = columnKind(columns[column]?.type ?? "") === "boolean";
  return `CAST(${cell(column)} AS ${isFlag ? "INTEGER" : "DOUBLE"})`;
}

function position(spec: ChartSpec, axis: "number" | "time", columns: readonly ResultColumn[]): string {
  const x = cell(spec.x);
  if (axis === "number") return `CAST(${x} AS DOUBLE)`;
  const isDay = columnKind(columns[spec.x]?.type ?? "") === "date";
  const exact = isDay && ["none", "minute", "hour", "day"].includes(spec.bucket);
  const moment =
    exact || spec.bucket === "none" ? x : `date_trunc('${spec.bucket}', CAST(${x} AS TIMESTAMP))`;
  return `CASE WHEN isfinite(${x}) THEN CAST(epoch_us(${moment}) AS DOUBLE) / 1000 END`;
}

/** Bars of one place are added up where nothing else is said. */
const isEachRow = (spec: ChartSpec): boolean =>
  spec.kind !== "bar" && spec.y.every(({ aggregate }) => aggregate === "none");

const isAdded = (spec: ChartSpec): boolean =>
  spec.y.every(({ aggregate }) => aggregate === "sum" || aggregate === "none");

/** The series by their weight: what they add up to, or their rows. Measures keep their order. */
function ranked(spec: ChartSpec): string {
  if (spec.series === null) {
    const places = spec.y.map((_, index) => `('${index}', ${index})`).join(", ");
    return `SELECT * FROM (VALUES ${places}) AS measures(s, rank_at)`;
  }
  const weight = isAdded(spec) ? "coalesce(sum(abs(CASE WHEN isfinite(y) THEN y END)), 0)" : "count(*)";
  return `SELECT s, row_number() OVER (ORDER BY w DESC, s NULLS LAST) - 1 AS rank_at FROM (SELECT s, ${weight} AS w FROM input GROUP BY s)`;
}

function seriesNames(spec: ChartSpec, columns: readonly ResultColumn[]): string {
  if (spec.series !== null)
    return `(SELECT rank_at, s AS label FROM ranks WHERE rank_at < ${CHART_SERIES}) s`;
  const names = spec.y.map((_, index) => `(${index}, ${textLiteral(measureName(spec, index, columns))})`);
  return `(SELECT * FROM (VALUES ${names.join(", ")}) AS names(rank_at, label)) s`;
}

/** `revenue`, `sum of revenue`, `rows`. */
export function measureName(spec: ChartSpec, index: number, columns: readonly ResultColumn[]): string {
  const { column, aggregate } = spec.y[index] ?? { column: null, aggregate: "count" };
  if (column === null) return "rows";
  const name = columns[column]?.name ?? `column ${column + 1}`;
  return aggregate === "none" ? name : `${aggregate} of ${name}`;
}

const drawable = (spec: ChartSpec, hasCategories: boolean): string =>
  [
    ...(hasCategories ? [] : ["i.x IS NOT NULL AND isfinite(i.x)"]),
    ...(spec.kind === "scatter" || !hasCategories || !isCounted(spec)
      ? ["i.y IS NOT NULL AND isfinite(i.y)"]
      : []),
  ].join(" AND ") || "true";

const isCounted = (spec: ChartSpec): boolean => spec.y.every(({ aggregate }) => aggregate === "count");

function categories(spec: ChartSpec): string {
  const order = {
    none: "first_place, label NULLS LAST",
    x: "label NULLS LAST",
    y_ascending: "total ASC NULLS LAST, label NULLS LAST",
    y_descending: "total DESC NULLS LAST, label NULLS LAST",
  }[spec.sort];
  const total = aggregated(spec);
  return `SELECT label, row_number() OVER (ORDER BY ${order}) - 1 AS position FROM (SELECT label, min(place) AS first_place, ${total} AS total FROM named GROUP BY label)`;
}

/** Measures share an aggregate unless they are several; then each has its own. */
function aggregated(spec: ChartSpec): string {
  const terms = spec.y.map(({ aggregate }) => FUNCTIONS[aggregate]);
  const [first = "sum(y)"] = terms;
  if (terms.every((term) => term === first)) return first;
  return `CASE any_value(series) ${terms.map((term, index) => `WHEN ${index} THEN ${term}`).join(" ")} END`;
}

const FUNCTIONS = {
  none: "sum(y)",
  sum: "sum(y)",
  avg: "avg(y)",
  min: "min(y)",
  max: "max(y)",
  count: "CAST(count(y) AS DOUBLE)",
};

function points(spec: ChartSpec, hasCategories: boolean): string {
  const isRaw = isEachRow(spec);
  if (!hasCategories) {
    if (isRaw) return "SELECT series, x, y FROM named";
    return `SELECT series, x, ${aggregated(spec)} AS y FROM named GROUP BY series, x`;
  }
  const joined = "named JOIN categories ON named.label IS NOT DISTINCT FROM categories.label";
  const at = "CAST(position AS DOUBLE) AS x";
  if (isRaw) return `SELECT series, ${at}, y FROM ${joined}`;
  return `SELECT series, ${at}, ${aggregated(spec)} AS y FROM ${joined} GROUP BY series, position`;
}

function kept(spec: ChartSpec, hasCategories: boolean): string {
  const few = `SELECT p.series, p.x, p.y FROM points p JOIN ranges r ON p.series = r.series WHERE r.n <= ${CHART_POINTS}`;
  const many = `FROM points p JOIN ranges r ON p.series = r.series WHERE r.n > ${CHART_POINTS}`;
  if (spec.kind === "scatter") {
    const grid = `SELECT p.*, ${stretch("p.x", "lo", "hi", 50)} AS a, ${stretch("p.y", "low", "high", 40)} AS b ${many}`;
    return `${few} UNION ALL SELECT series, arg_min(x, y), min(y) FROM (${grid}) GROUP BY series, a, b`;
  }
  if (hasCategories && !isEachRow(spec)) {
    return `SELECT series, x, y FROM points WHERE x < ${CHART_POINTS}`;
  }
  const stretches = `SELECT p.*, ${stretch("p.x", "lo", "hi", CHART_POINTS / 2)} AS a ${many}`;
  return `${few} UNION ALL SELECT series, unnest([arg_min(x, y), arg_max(x, y)]), unnest([min(y), max(y)]) FROM (${stretches}) GROUP BY series, a`;
}

const stretch = (value: string, low: string, high: string, count: number): string =>
  `least(floor((${value} - ${low}) / ((${high} - ${low}) / ${count})), ${count - 1})`;

function checkSpec(spec: ChartSpec, columns: readonly ResultColumn[]): void {
  const known = (column: number, pointer: string) => {
    const found = columns[column];
    if (found === undefined) throw wrong(`The result has no column ${column}.`, pointer);
    return { name: found.name, kind: columnKind(found.type) };
  };
  if (known(spec.x, "/x").kind === "nested")
    throw wrong("A chart has no axis for lists, maps or rows.", "/x");
  if (spec.series !== null) {
    known(spec.series, "/series");
    if (spec.y.length > 1)
      throw wrong("Several measures are series already: leave out one of both.", "/series");
  }
  for (const [index, { column, aggregate }] of spec.y.entries()) {
    if (aggregate === "count") {
      if (column !== null) known(column, `/y/${index}/column`);
      continue;
    }
    if (column === null) throw wrong("Choose the column to measure.", `/y/${index}/column`);
    const { name, kind } = known(column, `/y/${index}/column`);
    if (!isNumber(kind) && kind !== "boolean") {
      throw wrong(`${name} holds no numbers: it can only be counted.`, `/y/${index}/aggregate`);
    }
  }
}

const wrong = (message: string, pointer: string): Failure =>
  new Failure("invalid_input", message, { errors: [{ pointer, message }] });
