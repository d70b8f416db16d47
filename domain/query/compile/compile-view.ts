import { Failure } from "../../shared/failure";
import type { ResultColumn } from "../result-column";
import type { ResultFilter, ResultView } from "../result-view";
import { type ColumnKind, columnKind, isNumber } from "./column-kind";
import { filterLiteral, textLiteral } from "./filter-literal";
import { isLongInteger, typedCell } from "./typed-cell";

/** Name of the table that compiled statements read: columns `c0`, `c1`, … and `row_number`. */
export const RESULT = "result";

/** The column at this place of the result, as statements over it name it. */
export const cell = (column: number): string => `c${column}`;

/**
 * The row numbers of a view in its order, as a DuckDB SELECT over `result`.
 *
 * Rows that sort alike keep the order of the result. NULL stands last in both directions, NaN is the greatest number, text
 * sorts by code point. NULL meets no condition but `is_null`, as in SQL; NaN is neither smaller nor greater than a number, and
 * `=` finds it. `contains` and `starts_with` heed case, the search does not.
 *
 * Failures: `invalid_input`, with pointers into the view.
 */
export function compileView(view: ResultView, columns: readonly ResultColumn[]): string {
  // Maps have no order of their own: nested values are ordered by their text.
  const terms = view.sort.map(({ column, descending }, index) => {
    const kind = kindOf(columns, column, `/sort/${index}/column`);
    return `${kind === "nested" ? asText(column) : typedCell(cell(column), typeOf(columns, column))} ${descending ? "DESC" : "ASC"} NULLS LAST`;
  });
  const order = [...terms, "row_number"].join(", ");
  return `SELECT row_number FROM ${RESULT}${compileConditions(view, columns)} ORDER BY ${order}`;
}

/**
 * A compiled statement over `result`, asked of the rows of a view instead: they are filtered anew, which is cheaper than to
 * gather them. Its order is the result's, not the view's.
 */
export function withinView(sql: string, view: ResultView | null, columns: readonly ResultColumn[]): string {
  const conditions = view === null ? "" : compileConditions(view, columns);
  if (conditions === "") return sql;
  const rows = `SELECT * FROM main.${RESULT}${conditions}`;
  return /^WITH\s/i.test(sql)
    ? `WITH ${RESULT} AS (${rows}), ${sql.slice("WITH ".length)}`
    : `WITH ${RESULT} AS (${rows}) ${sql}`;
}

/** ` WHERE …`, or nothing where the view holds every row. */
function compileConditions(view: ResultView, columns: readonly ResultColumn[]): string {
  const conditions = view.filters.map((filter, index) => condition(filter, index, columns));
  if (view.search !== "") conditions.push(searched(view.search, columns));
  return conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
}

function searched(search: string, columns: readonly ResultColumn[]): string {
  const sought = `lower(${textLiteral(search)})`;
  const hits = columns.map((_, column) => `contains(lower(${asText(column)}), ${sought})`);
  return hits.length === 0 ? "false" : `(${hits.map((hit) => `coalesce(${hit}, false)`).join(" OR ")})`;
}

const asText = (column: number): string => `CAST(${cell(column)} AS VARCHAR)`;

const typeOf = (columns: readonly ResultColumn[], column: number): string => columns[column]?.type ?? "";

function condition(filter: ResultFilter, index: number, columns: readonly ResultColumn[]): string {
  const { column, operator } = filter;
  const kind = kindOf(columns, column, `/filters/${index}/column`);
  if (operator === "is_null") return `${cell(column)} IS NULL`;
  if (operator === "is_not_null") return `${cell(column)} IS NOT NULL`;
  const values = [filter.value ?? []].flat();
  const pointer = `/filters/${index}/value`;
  if (operator !== "in" && (values.length !== 1 || Array.isArray(filter.value))) {
    throw atPlace("This condition needs one value.", pointer);
  }
  if (operator === "contains" || operator === "starts_with") {
    return `${operator}(${asText(column)}, ${textLiteral(String(values[0]))})`;
  }
  const literals = values.map((value) => literalAt(value, kind, columns[column]?.name ?? "", pointer));
  if (isLongInteger(typeOf(columns, column))) {
    return comparison(...longIntegers(column, typeOf(columns, column), literals), operator, kind);
  }
  return comparison(comparable(column, kind), literals, operator, kind);
}

function comparison(
  left: string,
  literals: string[],
  operator: "=" | "!=" | "<" | "<=" | ">" | ">=" | "in",
  kind: ColumnKind,
): string {
  if (operator === "in") return literals.length === 0 ? "false" : `${left} IN (${literals.join(", ")})`;
  const compared = `${left} ${operator === "!=" ? "<>" : operator} ${literals[0]}`;
  const isOrdering = operator !== "=" && operator !== "!=";
  return kind === "float" && isOrdering ? `(${compared} AND NOT isnan(${left}))` : compared;
}

/** Compared exactly with whole numbers, else as the nearest floating-point number. */
function longIntegers(column: number, type: string, literals: string[]): [string, string[]] {
  const value = typedCell(cell(column), type);
  if (literals.every((literal) => /^-?\d+$/.test(literal))) {
    return [value, literals.map((literal) => `CAST('${literal}' AS BIGNUM)`)];
  }
  return [`CAST(${value} AS DOUBLE)`, literals.map((literal) => `CAST(${literal} AS DOUBLE)`)];
}

/** Kinds without literals of their own are compared as they are shown. */
const comparable = (column: number, kind: ColumnKind): string =>
  kind === "other" || kind === "nested" ? asText(column) : cell(column);

function literalAt(
  value: string | number | boolean,
  kind: ColumnKind,
  name: string,
  pointer: string,
): string {
  try {
    if (isNumber(kind) && typeof value === "boolean")
      throw atPlace("A number is compared with numbers.", pointer);
    return filterLiteral(value, kind, name === "" ? "this column" : name);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    throw new Failure("invalid_input", error.message, {
      ...hint,
      errors: [{ pointer, message: error.message }],
    });
  }
}

function kindOf(columns: readonly ResultColumn[], column: number, pointer: string): ColumnKind {
  const found = columns[column];
  if (found === undefined) throw atPlace(`The result has no column ${column}.`, pointer);
  return columnKind(found.type);
}

const atPlace = (message: string, pointer: string): Failure =>
  new Failure("invalid_input", message, { errors: [{ pointer, message }] });
