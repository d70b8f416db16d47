import type { ResultColumn } from "../result-column";
import { type ColumnKind, columnKind, isNumber, isTime } from "./column-kind";
import { QUANTILES } from "./column-profile";
import { cell, RESULT } from "./compile-view";
import { typedCell } from "./typed-cell";

/** Bars of a histogram at most. */
export const HISTOGRAM_BARS = 40;
/** Values of a list of the most frequent ones. */
export const TOP_VALUES = 10;
/** Characters of a value in that list. */
export const TOP_VALUE_CHARACTERS = 200;

/** Up to so many rows distinct values are counted one by one for many columns at once, and for a single column. */
const EXACT_ROWS = { overview: 10_000, detail: 2_000_000 };
/** Past so many, the most frequent values are chosen by an estimate, and then counted. */
const EXACT_TOP_ROWS = 2_000_000;
/** Values of all columns that one statement reads: a statement answers within some tenths of a second. */
const VALUES_PER_STATEMENT = 2_500_000;
const COLUMNS_PER_STATEMENT = 25;

/** How many columns one statement should ask about, of a result of `rows` rows. */
export const columnsPerProfile = (rows: number): number =>
  Math.max(1, Math.min(COLUMNS_PER_STATEMENT, Math.floor(VALUES_PER_STATEMENT / Math.max(1, rows))));

/** `overview` is cheap enough for hundreds of columns; `detail` adds quantiles and exact counts, for one column. */
export type ProfileDepth = "overview" | "detail";

/** How exact the answers of a result of so many rows are. */
export const profileExactness = (rows: number, depth: ProfileDepth) => ({
  isExact: rows <= EXACT_ROWS[depth],
  isTopExact: rows <= EXACT_TOP_ROWS,
});

/**
 * What the column explorer shows of some columns, as one DuckDB SELECT over `result`, to be read by `readProfiles`. `rows` is
 * the number of rows of the result; it and `depth` decide what is exact. Nested columns are only counted.
 */
export function compileProfile(
  asked: readonly number[],
  columns: readonly ResultColumn[],
  rows: number,
  depth: ProfileDepth,
): string {
  const known = asked.flatMap((column) => {
    const type = columns[column]?.type;
    return type === undefined ? [] : [{ column, type, kind: columnKind(type) }];
  });
  const { isExact, isTopExact } = profileExactness(rows, depth);
  // Several columns are taken out of the result once, not once for each step.
  const isKept = known.length > 1 && rows * known.length <= 2 * VALUES_PER_STATEMENT;
  const steps = [
    `input AS ${isKept ? "" : "NOT "}MATERIALIZED (SELECT ${["1 AS one", ...known.flatMap(inputs)].join(", ")} FROM ${RESULT})`,
    `stats AS MATERIALIZED (SELECT count(*) AS n, ${known.flatMap((it) => aggregates(it, isExact, depth)).join(", ")} FROM input)`,
    `widths AS MATERIALIZED (SELECT *${known
      .filter(hasHistogram)
      .map((it) => `, CAST(${barWidth(it)} AS DOUBLE) AS w${it.column}`)
      .join("")} FROM stats)`,
    ...known.filter(hasTop).flatMap((it) => topSteps(it, isTopExact)),
  ];
  const shaped = known.filter(hasHistogram);
  const answers = [
    ...summaries(shaped, depth),
    ...histograms(shaped),
    ...known.flatMap((it) => (hasHistogram(it) ? [] : [summary(it, isTopExact)])),
    ...known.flatMap(top),
  ];
  return `WITH ${steps.join(", ")} ${answers.join(" UNION ALL ")}`;
}

type Known = { column: number; type: string; kind: ColumnKind };

const hasHistogram = ({ kind }: Known): boolean => isNumber(kind) || isTime(kind);
const hasTop = ({ kind }: Known): boolean => kind === "text" || kind === "boolean" || kind === "other";
const isWhole = ({ kind }: Known): boolean => kind === "integer" || kind === "date";

/** `c` is the column itself, `v` its finite values as numbers. Days count as days, times as microseconds. */
function inputs(it: Known): string[] {
  const value = cell(it.column);
  if (!hasHistogram(it)) return [hasTop(it) ? `CAST(${value} AS VARCHAR) AS ${value}` : value];
  const typed = typedCell(value, it.type);
  return [typed === value ? value : `${typed} AS ${value}`, `${numberOf(it, typed)} AS v${it.column}`];
}

function numberOf({ kind }: Pick<Known, "kind">, value: string): string {
  if (isTime(kind)) return timeNumber(value, kind);
  return kind === "float" ? `CASE WHEN isfinite(${value}) THEN ${value} END` : `CAST(${value} AS DOUBLE)`;
}

/** Infinite times have no number. */
function timeNumber(value: string, kind: ColumnKind): string {
  const micros = `CASE WHEN isfinite(${value}) THEN epoch_us(${value}) END`;
  return kind === "date" ? `CAST(${micros} // 86400000000 AS DOUBLE)` : `CAST(${micros} AS DOUBLE)`;
}

function aggregates(it: Known, isExact: boolean, depth: ProfileDepth): string[] {
  const { column } = it;
  const value = cell(column);
  const counted = `count(${value}) AS k${column}`;
  if (it.kind === "nested") return [counted];
  const distinct = isExact ? `count(DISTINCT ${value})` : `approx_count_distinct(${value})`;
  const common = [counted, `${distinct} AS u${column}`];
  if (!hasHistogram(it)) return [...common, `count(CASE WHEN ${value} = '' THEN 1 END) AS e${column}`];
  const finite = `v${column}`;
  const quantile = isExact ? "quantile_cont" : "approx_quantile";
  return [
    ...common,
    ...extent(it),
    `avg(${finite}) AS m${column}`,
    ...(depth === "detail" ? [`${quantile}(${finite}, [${QUANTILES.join(", ")}]) AS q${column}`] : []),
  ];
}

/** Numbers that are not finite, the least and the greatest of the others, as numbers and as text with every digit. */
function extent({ column, kind }: Known): string[] {
  const value = cell(column);
  const finite = `v${column}`;
  if (kind === "float") {
    return [
      `count(CASE WHEN isnan(${value}) THEN 1 END) AS x${column}`,
      `count(${value}) - count(${finite}) - count(CASE WHEN isnan(${value}) THEN 1 END) AS i${column}`,
      `min(${finite}) AS lo${column}, max(${finite}) AS hi${column}`,
      `CAST(min(${finite}) AS VARCHAR) AS s${column}, CAST(max(${finite}) AS VARCHAR) AS l${column}`,
    ];
  }
  const sound = isTime(kind) ? `CASE WHEN isfinite(${value}) THEN ${value} END` : value;
  return [
    `0 AS x${column}`,
    isTime(kind) ? `count(${value}) - count(${finite}) AS i${column}` : `0 AS i${column}`,
    `${numberOf({ kind }, `min(${sound})`)} AS lo${column}, ${numberOf({ kind }, `max(${sound})`)} AS hi${column}`,
    `CAST(min(${sound}) AS VARCHAR) AS s${column}, CAST(max(${sound}) AS VARCHAR) AS l${column}`,
  ];
}

/** How wide a bar is: whole numbers and days make bars of whole ones. */
function barWidth(it: Known): string {
  const span = `hi${it.column} - lo${it.column}`;
  if (isWhole(it)) return `greatest(1, ceil((${span} + 1) / ${HISTOGRAM_BARS}))`;
  return `CASE WHEN ${span} > 0 THEN (${span}) / ${HISTOGRAM_BARS} ELSE 1 END`;
}

const words = (numbers: string[]): string =>
  `concat_ws(' ', ${numbers.map((number) => `coalesce(CAST(${number} AS VARCHAR), '-')`).join(", ")})`;

/** Every answer has these columns: the column asked about, what is told, its place, two texts, and numbers as words. */
const answer = (column: string, fact: string, place: string, a: string, b: string, numbers: string): string =>
  `SELECT ${column} AS asked, '${fact}' AS fact, ${place} AS place, ${a} AS a, ${b} AS b, ${numbers} AS numbers`;

function summary(it: Known, isTopExact: boolean): string {
  const { column } = it;
  const distinct = isTopExact ? `(SELECT count(*) FROM g${column})` : `u${column}`;
  const told = it.kind === "nested" ? ["n", `k${column}`] : ["n", `k${column}`, distinct, `e${column}`];
  return `${answer(String(column), "summary", "0", "NULL", "NULL", words(told))} FROM stats`;
}

/** A row for each column of a list of expressions: far quicker to plan and to run than a SELECT for each. */
const unnested = (expressions: string[]): string => `unnest([${expressions.join(", ")}])`;
const places = (known: Known[]): string => unnested(known.map(({ column }) => String(column)));

/** What is told of columns with a histogram. */
function summaries(known: Known[], depth: ProfileDepth): string[] {
  if (known.length === 0) return [];
  const told = known.map(({ column }) => {
    const numbers = [
      "n",
      `k${column}`,
      `u${column}`,
      `x${column}`,
      `i${column}`,
      `lo${column}`,
      `hi${column}`,
    ];
    const quantiles = depth === "detail" ? QUANTILES.map((_, index) => `q${column}[${index + 1}]`) : [];
    return words([...numbers, `w${column}`, `m${column}`, ...quantiles]);
  });
  const ends = (name: string) => unnested(known.map(({ column }) => `${name}${column}`));
  return [`${answer(places(known), "summary", "0", ends("s"), ends("l"), unnested(told))} FROM widths`];
}

function histograms(known: Known[]): string[] {
  const [only] = known;
  if (only === undefined) return [];
  const bars =
    known.length === 1
      ? `SELECT ${only.column} AS shaped, ${barOf(only)} AS bar FROM input, widths`
      : `SELECT ${places(known)} AS shaped, ${unnested(known.map(barOf))} AS bar FROM input, widths`;
  const told = answer("shaped", "bar", "bar", "NULL", "NULL", "CAST(count(*) AS VARCHAR)");
  return [`${told} FROM (${bars}) WHERE bar IS NOT NULL GROUP BY shaped, bar`];
}

/** `least` leaves NULL out. */
const barOf = ({ column }: Known): string =>
  `CASE WHEN v${column} IS NOT NULL THEN CAST(least(floor((v${column} - lo${column}) / w${column}), ${HISTOGRAM_BARS - 1}) AS UTINYINT) END`;

/** Of large results the candidates are estimated first, so that not every value has to be kept. */
function topSteps({ column }: Known, isExact: boolean): string[] {
  const value = cell(column);
  const candidates = isExact
    ? `${value} IS NOT NULL`
    : `${value} IN (SELECT unnest(approx_top_k(${value}, ${TOP_VALUES * 3})) FROM input)`;
  return [
    `g${column} AS MATERIALIZED (SELECT ${value}, count(*) AS n FROM input WHERE ${candidates} GROUP BY ${value})`,
    `t${column} AS (SELECT * FROM g${column} ORDER BY n DESC, ${value} LIMIT ${TOP_VALUES})`,
  ];
}

function top(it: Known): string[] {
  if (!hasTop(it)) return [];
  const { column } = it;
  const value = cell(column);
  const rank = `row_number() OVER (ORDER BY n DESC, ${value})`;
  const shown = `left(${value}, ${TOP_VALUE_CHARACTERS})`;
  const numbers = words(["n", `length(${value})`]);
  return [`${answer(String(column), "top", rank, shown, "NULL", numbers)} FROM t${column}`];
}
