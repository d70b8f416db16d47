import type { Cell } from "@/domain/ports/rows";

/** How a value is shown: NULL, the empty text and a text are three things. */
export type ShownCell =
  | { kind: "null"; text: "null" }
  | { kind: "empty"; text: "empty text" }
  | { kind: "number" | "text"; text: string };

const NUMERIC = /^(u?(tinyint|smallint|integer|bigint|hugeint)|float|real|double|decimal(\(\d+, ?\d+\))?)$/i;

/** Whether the values of a type, as Trino or DuckDB spells it, stand at the right. */
export const isNumericType = (type: string): boolean => NUMERIC.test(type);

const PLAIN_NUMBER = /^([+-]?)(\d+)(\.\d+)?$/;
const LONGEST = 400;

/** A value for a cell: numbers grouped digit by digit, so that none is lost; times with a blank for the T. */
export function prepareCell(given: Cell, type: string): ShownCell {
  if (given === null) return { kind: "null", text: "null" };
  const value = String(given);
  if (value === "") return { kind: "empty", text: "empty text" };
  if (isNumericType(type)) return { kind: "number", text: grouped(value) };
  if (/^timestamp/i.test(type)) return { kind: "text", text: shortTime(value) };
  const text = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return { kind: "text", text: text.replaceAll("\n", "⏎") };
}

function grouped(value: string): string {
  const [, sign, whole, fraction = ""] = PLAIN_NUMBER.exec(value) ?? [];
  if (whole === undefined) return value.replace("-", "−");
  return `${sign === "-" ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction}`;
}

/** `2026-11-21T00:00:00.000000Z` → `2026-11-21 00:00:00`; what is not zero stays. */
const shortTime = (value: string): string =>
  value
    .replace("T", " ")
    .replace(/\.0+(?=$|[Z+-])/, "")
    .replace(/(?:Z|\+00(?::?00)?)$/, "");
