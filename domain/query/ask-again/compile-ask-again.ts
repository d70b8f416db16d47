import { Failure } from "../../shared/failure";
import { quotedName } from "../../shared/quoted-name";
import { columnKind, isNumber } from "../compile/column-kind";
import { filterLiteral, textLiteral } from "../compile/filter-literal";
import type { ResultColumn } from "../result-column";
import type { Aggregate, AskAgain, AskedColumn } from "./ask-again";
import { askedNames } from "./asked-names";

/** The columns of the result that is asked again, and of the one that it is joined with. */
export type AskedResults = { result: readonly ResultColumn[]; other: readonly ResultColumn[] | null };

/** More columns than this are no table that somebody reads. */
export const MOST_PIVOTED = 100;

/**
 * The question as one SELECT of DuckDB over the tables `result` and `other`, whose columns have the names of `askedNames`.
 * `pivoted` are the values that become columns, as `compilePivotValues` gives them; a text each, null for NULL.
 *
 * Failures: `invalid_input`, with a pointer into the question.
 */
export function compileAskAgain(
  ask: AskAgain,
  results: AskedResults,
  pivoted: readonly (string | null)[] = [],
): string {
  const names = reader(results);
  const from = `${fromClause(ask, results, names)}${whereClause(ask, names)}`;
  if (ask.pivot !== null) return pivotSelect(ask.pivot, names, from, pivoted);
  if (ask.group !== null) return groupSelect(ask.group, names, from);
  return `SELECT ${allColumns(ask, results, names)}\n${from}`;
}

/** The values that a pivot makes columns of, as text, in order, one more than may be; null where nothing is pivoted. */
export function compilePivotValues(ask: AskAgain, results: AskedResults): string | null {
  if (ask.pivot === null) return null;
  const names = reader(results);
  const column = names.value(ask.pivot.column, "/pivot/column");
  const from = `${fromClause(ask, results, names)}${whereClause(ask, names)}`;
  const values = `SELECT ${column} AS value\n${from}\nGROUP BY ALL\nORDER BY value NULLS LAST\nLIMIT ${MOST_PIVOTED + 1}`;
  return `SELECT CAST(value AS VARCHAR) FROM (${values})`;
}

type Names = {
  /** The column as an expression. */
  value: (column: AskedColumn, pointer: string) => string;
  /** Its name in the answer, without quotes. */
  title: (column: AskedColumn) => string;
  type: (column: AskedColumn) => string;
};

function reader(results: AskedResults): Names {
  const names = {
    result: askedNames(results.result),
    other: results.other === null ? null : askedNames(results.other),
  };
  const qualified = results.other !== null;
  const taken = new Set(names.result.map((name) => name.toLowerCase()));
  return {
    value({ of, column }, pointer) {
      const name = names[of]?.[column];
      if (name === undefined) throw atPlace("There is no such column.", pointer);
      return qualified ? `${of}.${quotedName(name)}` : quotedName(name);
    },
    title({ of, column }) {
      const name = names[of]?.[column] ?? "";
      return of === "other" && taken.has(name.toLowerCase()) ? `${name} (other)` : name;
    },
    type: ({ of, column }) => results[of]?.[column]?.type ?? "",
  };
}

function fromClause(ask: AskAgain, results: AskedResults, names: Names): string {
  if (ask.join === null) return "FROM result";
  if (results.other === null) throw atPlace("Choose the result to join with.", "/join");
  const on = ask.join.on.map(({ result, other }, at) => {
    const pointer = `/join/on/${at}`;
    const left = names.value({ of: "result", column: result }, pointer);
    const right = names.value({ of: "other", column: other }, pointer);
    const isSameKind =
      columnKind(names.type({ of: "result", column: result })) ===
      columnKind(names.type({ of: "other", column: other }));
    // Values of different types are compared as they are shown.
    return isSameKind ? `${left} = ${right}` : `CAST(${left} AS VARCHAR) = CAST(${right} AS VARCHAR)`;
  });
  const kinds = { inner: "JOIN", left: "LEFT JOIN", full: "FULL JOIN" };
  return `FROM result\n${kinds[ask.join.kind]} other ON ${on.join(" AND ")}`;
}

function whereClause(ask: AskAgain, names: Names): string {
  if (ask.filters.length === 0) return "";
  const conditions = ask.filters.map((filter, at) => {
    const pointer = `/filters/${at}`;
    return condition(filter, names.value(filter.column, pointer), names.type(filter.column), pointer);
  });
  return `\nWHERE ${conditions.join("\n  AND ")}`;
}

type Filter = AskAgain["filters"][number];

function condition({ operator, value }: Filter, column: string, type: string, pointer: string): string {
  if (operator === "is_null") return `${column} IS NULL`;
  if (operator === "is_not_null") return `${column} IS NOT NULL`;
  const values = [value ?? []].flat();
  if (values.length === 0) throw atPlace("Write a value.", `${pointer}/value`);
  const asText = `CAST(${column} AS VARCHAR)`;
  if (operator === "contains" || operator === "starts_with") {
    return `${operator}(${asText}, ${textLiteral(String(values[0]))})`;
  }
  const kind = columnKind(type);
  const compared = kind === "nested" || kind === "other" ? asText : column;
  const literals = values.map((each) => literalAt(each, kind, `${pointer}/value`));
  if (operator === "in") return `${compared} IN (${literals.join(", ")})`;
  return `${compared} ${operator === "!=" ? "<>" : operator} ${literals[0]}`;
}

function literalAt(
  value: string | number | boolean,
  kind: ReturnType<typeof columnKind>,
  pointer: string,
): string {
  try {
    return filterLiteral(value, kind, "this column");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, error.message, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      errors: [{ pointer, message: error.message }],
    });
  }
}

function allColumns(ask: AskAgain, { result, other }: AskedResults, names: Names): string {
  if (ask.join === null) return "*";
  const all: AskedColumn[] = [
    ...result.map((_, column): AskedColumn => ({ of: "result", column })),
    ...(other ?? []).map((_, column): AskedColumn => ({ of: "other", column })),
  ];
  return all.map((column) => named(column, names, "")).join(", ");
}

const named = (column: AskedColumn, names: Names, pointer: string): string => {
  const value = names.value(column, pointer);
  const title = quotedName(names.title(column));
  return value === title ? value : `${value} AS ${title}`;
};

function groupSelect({ by, aggregates }: NonNullable<AskAgain["group"]>, names: Names, from: string): string {
  const keys = by.map((column, at) => named(column, names, `/group/by/${at}`));
  const values = aggregates.map((aggregate, at) => {
    const pointer = `/group/aggregates/${at}`;
    return `${aggregated(aggregate, names, pointer)} AS ${quotedName(aggregateTitle(aggregate, names))}`;
  });
  const items = [...keys, ...values];
  if (items.length === 0) throw atPlace("Choose columns or values to group by.", "/group");
  const places = keys.map((_, at) => at + 1).join(", ");
  return `SELECT ${items.join(", ")}\n${from}${keys.length === 0 ? "" : `\nGROUP BY ${places}\nORDER BY ${places}`}`;
}

function pivotSelect(
  { by, column, value }: NonNullable<AskAgain["pivot"]>,
  names: Names,
  from: string,
  pivoted: readonly (string | null)[],
): string {
  if (pivoted.length > MOST_PIVOTED) {
    throw new Failure("invalid_input", `The column has more than ${MOST_PIVOTED} values.`, {
      hint: "Filter it, or choose a column with fewer values.",
      errors: [{ pointer: "/pivot/column", message: `More than ${MOST_PIVOTED} values` }],
    });
  }
  const keys = by.map((each, at) => named(each, names, `/pivot/by/${at}`));
  const pivot = names.value(column, "/pivot/column");
  const taken = new Set(by.map((each) => names.title(each).toLowerCase()));
  const cells = pivoted.map((text) => {
    const is = text === null ? `${pivot} IS NULL` : `CAST(${pivot} AS VARCHAR) = ${textLiteral(text)}`;
    return `${aggregated(value, names, "/pivot/value")} FILTER (WHERE ${is}) AS ${quotedName(freeTitle(text ?? "null", taken))}`;
  });
  const items = [...keys, ...cells];
  if (items.length === 0) return `SELECT count(*) AS ${quotedName("rows")}\n${from}`;
  const places = keys.map((_, at) => at + 1).join(", ");
  return `SELECT ${items.join(",\n  ")}\n${from}${keys.length === 0 ? "" : `\nGROUP BY ${places}\nORDER BY ${places}`}`;
}

function freeTitle(text: string, taken: Set<string>): string {
  let title = text === "" ? "(empty)" : text;
  while (taken.has(title.toLowerCase())) title += " (value)";
  taken.add(title.toLowerCase());
  return title;
}

const FUNCTIONS: Record<Aggregate["of"], (value: string) => string> = {
  count: (value) => `count(${value})`,
  count_distinct: (value) => `count(DISTINCT ${value})`,
  sum: (value) => `sum(${value})`,
  avg: (value) => `avg(${value})`,
  min: (value) => `min(${value})`,
  max: (value) => `max(${value})`,
  median: (value) => `median(${value})`,
  first: (value) => `first(${value})`,
  last: (value) => `last(${value})`,
};

function aggregated({ of, column }: Aggregate, names: Names, pointer: string): string {
  if (column === null) {
    if (of !== "count") throw atPlace("Choose a column.", `${pointer}/column`);
    return "count(*)";
  }
  const value = names.value(column, `${pointer}/column`);
  const needsNumber = of === "sum" || of === "avg" || of === "median";
  if (needsNumber && !isNumber(columnKind(names.type(column)))) {
    throw atPlace(`${names.title(column)} holds no numbers.`, `${pointer}/column`);
  }
  return FUNCTIONS[of](value);
}

function aggregateTitle({ of, column }: Aggregate, names: Names): string {
  if (column === null) return "rows";
  return `${of === "count_distinct" ? "distinct" : of} of ${names.title(column)}`;
}

const atPlace = (message: string, pointer: string): Failure =>
  new Failure("invalid_input", message, { errors: [{ pointer, message }] });
