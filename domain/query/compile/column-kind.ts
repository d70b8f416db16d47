/** What can be asked of a column, whichever engine's words its type is spelt in. */
export type ColumnKind =
  | "integer"
  | "decimal"
  | "float"
  | "boolean"
  | "text"
  | "date"
  | "timestamp"
  | "timestamp_with_zone"
  /** Times of day, intervals, UUIDs, binary: told apart, counted and shown as text, not computed with. */
  | "other"
  /** Lists, maps, rows, unions: only counted. */
  | "nested";

const KINDS: [RegExp, ColumnKind][] = [
  [/\[\d*\]$|^(array|list|map|row|struct|union)\b/, "nested"],
  [/^u?(tiny|small|big|huge)?int(eger)?$|^u?int(8|16|32|64|128)$|^(long|short|bignum|varint)$/, "integer"],
  [/^(decimal|numeric)\b/, "decimal"],
  [/^(double|double precision|float\d?|real)$/, "float"],
  [/^bool(ean)?$/, "boolean"],
  [/^(var|bp)?char\b|^(text|string|json|enum|ipaddress)\b/, "text"],
  [/^date$/, "date"],
  [/^(timestamptz|timestamp_tz|timestamp(\(\d+\))? with time zone)$/, "timestamp_with_zone"],
  [/^(datetime$|timestamp)/, "timestamp"],
];

/** The kind of a type as DuckDB or Trino spells it: `DECIMAL(12,2)`, `timestamp(6) with time zone`, `ROW(a bigint)`. */
export function columnKind(type: string): ColumnKind {
  const spelt = type.trim().toLowerCase();
  return KINDS.find(([pattern]) => pattern.test(spelt))?.[1] ?? "other";
}

export const isNumber = (kind: ColumnKind): boolean =>
  kind === "integer" || kind === "decimal" || kind === "float";

export const isTime = (kind: ColumnKind): boolean =>
  kind === "date" || kind === "timestamp" || kind === "timestamp_with_zone";
