import { bool, type DataType, decimal, field, float64, int64, list, struct, utf8 } from "@uwdata/flechette";
import { stringify } from "lossless-json";

type Time = "DATE" | "TIMESTAMP" | "TIMESTAMPTZ";

/** What all values of a column or a field are. */
export type JsonKind =
  | { is: "nothing" }
  | { is: "boolean" }
  | { is: "integer"; isWide: boolean }
  | { is: "number" }
  /** `time` is the type of time that every value is written as. */
  | { is: "text"; time: Time | null }
  | { is: "list"; item: JsonKind }
  | { is: "object"; fields: Map<string, JsonKind> }
  /** No common type: each value as the JSON that it is. */
  | { is: "json" };

export const NOTHING: JsonKind = { is: "nothing" };
const JSON_TEXT: JsonKind = { is: "json" };

const LARGEST = 2n ** 63n - 1n;
/** DECIMAL(38, 0) ends here. */
const WIDEST = 10n ** 38n - 1n;

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const CLOCK =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$/;

function timeOf(text: string): Time | null {
  const isDay = (day: string) => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  if (DAY.test(text)) return isDay(text) ? "DATE" : null;
  const zone = CLOCK.exec(text);
  if (zone === null || !isDay(text.slice(0, 10))) return null;
  return zone[6] === undefined ? "TIMESTAMP" : "TIMESTAMPTZ";
}

export function jsonKind(value: unknown): JsonKind {
  switch (typeof value) {
    case "boolean":
      return { is: "boolean" };
    case "bigint": {
      const size = value < 0n ? -value : value;
      return size > WIDEST ? JSON_TEXT : { is: "integer", isWide: size > LARGEST };
    }
    case "number":
      return { is: "number" };
    case "string":
      return { is: "text", time: timeOf(value) };
    default:
      return nestedKind(value);
  }
}

function nestedKind(value: unknown): JsonKind {
  if (value === null || value === undefined) return NOTHING;
  if (Array.isArray(value)) return { is: "list", item: value.map(jsonKind).reduce(widerKind, NOTHING) };
  const entries = Object.entries(value as object);
  // A struct has at least one field.
  if (entries.length === 0) return JSON_TEXT;
  return { is: "object", fields: new Map(entries.map(([name, each]) => [name, jsonKind(each)])) };
}

/** The kind that holds the values of both. */
export function widerKind(a: JsonKind, b: JsonKind): JsonKind {
  if (a.is === "nothing") return b;
  if (b.is === "nothing") return a;
  if (isNumber(a) && isNumber(b)) return widerNumber(a, b);
  if (a.is === "text" && b.is === "text") return { is: "text", time: a.time === b.time ? a.time : null };
  if (a.is === "list" && b.is === "list") return { is: "list", item: widerKind(a.item, b.item) };
  if (a.is === "object" && b.is === "object") return widerObject(a.fields, b.fields);
  return a.is === b.is ? a : JSON_TEXT;
}

const widerNumber = (a: JsonKind, b: JsonKind): JsonKind =>
  a.is === "integer" && b.is === "integer"
    ? { is: "integer", isWide: a.isWide || b.isWide }
    : { is: "number" };

const isNumber = (kind: JsonKind): boolean => kind.is === "integer" || kind.is === "number";

function widerObject(a: Map<string, JsonKind>, b: Map<string, JsonKind>): JsonKind {
  const fields = new Map(a);
  for (const [name, kind] of b) fields.set(name, widerKind(fields.get(name) ?? NOTHING, kind));
  return { is: "object", fields };
}

export function jsonArrowType(kind: JsonKind): DataType {
  switch (kind.is) {
    case "boolean":
      return bool();
    case "integer":
      return kind.isWide ? decimal(38, 0, 128) : int64();
    case "number":
      return float64();
    case "list":
      return list(jsonArrowType(kind.item));
    case "object":
      return struct([...kind.fields].map(([name, each]) => field(name, jsonArrowType(each))));
    case "text":
    case "json":
    case "nothing":
      return utf8();
  }
}

/** A value for the column of this kind. */
export function jsonValue(value: unknown, kind: JsonKind): unknown {
  if (value === null || value === undefined) return null;
  switch (kind.is) {
    case "number":
      return Number(value);
    case "list":
      return (value as unknown[]).map((each) => jsonValue(each, kind.item));
    case "object": {
      const given = value as Record<string, unknown>;
      return Object.fromEntries([...kind.fields].map(([name, each]) => [name, jsonValue(given[name], each)]));
    }
    case "json":
      return stringify(value) ?? null;
    default:
      return value;
  }
}
