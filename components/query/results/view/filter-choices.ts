import { type ColumnKind, columnKind } from "@/domain/query/compile/column-kind";
import type { ResultFilter } from "@/domain/query/result-view";

export type Operator = ResultFilter["operator"];

export const OPERATOR_WORDS: Record<Operator, string> = {
  "=": "is",
  "!=": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is greater than",
  ">=": "is at least",
  contains: "contains",
  starts_with: "starts with",
  in: "is one of",
  is_null: "is null",
  is_not_null: "is not null",
};

const COMPARED: Operator[] = ["=", "!=", "<", "<=", ">", ">=", "in", "is_null", "is_not_null"];
const TEXT: Operator[] = ["contains", "starts_with", ...COMPARED];

const OPERATORS: Record<ColumnKind, Operator[]> = {
  integer: COMPARED,
  decimal: COMPARED,
  float: COMPARED,
  boolean: ["=", "is_null", "is_not_null"],
  text: TEXT,
  date: COMPARED,
  timestamp: COMPARED,
  timestamp_with_zone: COMPARED,
  other: ["=", "!=", "contains", "starts_with", "in", "is_null", "is_not_null"],
  nested: ["contains", "is_null", "is_not_null"],
};

/** What a column of a type can be asked, the likeliest first. */
export const operatorsOf = (type: string): Operator[] => OPERATORS[columnKind(type)];

export const needsValue = (operator: Operator): boolean =>
  operator !== "is_null" && operator !== "is_not_null";

const EXAMPLES: Partial<Record<ColumnKind, string>> = {
  date: "2026-11-21",
  timestamp: "2026-11-21 06:41:07",
  timestamp_with_zone: "2026-11-21 06:41:07+00:00",
};

export const exampleOf = (type: string): string | undefined => EXAMPLES[columnKind(type)];

/** A filter from what was typed; several values of `in` stand on lines or between commas. */
export function filterOf(column: number, operator: Operator, typed: string): ResultFilter {
  if (!needsValue(operator)) return { column, operator };
  if (operator !== "in") return { column, operator, value: typed };
  const values = typed
    .split(/[\n,]/)
    .map((value) => value.trim())
    .filter((value) => value !== "");
  return { column, operator, value: values };
}

const LONGEST = 40;
const short = (value: unknown): string => {
  const text = String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};

/** `units is greater than 10` */
export function filterWords({ operator, value }: ResultFilter, name: string): string {
  const words = `${name} ${OPERATOR_WORDS[operator]}`;
  if (!needsValue(operator)) return words;
  if (!Array.isArray(value)) return `${words} ${value === "" ? '""' : short(value)}`;
  const shown = value.slice(0, 3).map(short).join(", ");
  return `${words} ${shown}${value.length > 3 ? ` and ${value.length - 3} more` : ""}`;
}
