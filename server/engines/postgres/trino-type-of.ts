const PLAIN: Record<string, string> = {
  boolean: "boolean",
  smallint: "smallint",
  integer: "integer",
  bigint: "bigint",
  real: "real",
  "double precision": "double",
  text: "varchar",
  "character varying": "varchar",
  bytea: "varbinary",
  date: "date",
  uuid: "uuid",
  json: "json",
  jsonb: "json",
  oid: "bigint",
};

const WITH_NUMBERS = /^(numeric|character varying|character|time|timestamp)\((\d+)(?:,(-?\d+))?\)(.*)$/;
const LONGEST_DECIMAL = 38;

/**
 * A type of PostgreSQL, as `format_type` gives it, as Trino's connector shows it. Types that neither engine keeps exactly
 * (numeric without a precision, intervals, addresses, ranges, enums) are texts. JSON is told as such, though both engines
 * read it as the text that the database gives.
 */
export function trinoTypeOf(type: string): string {
  if (type.endsWith("[]")) return `array(${trinoTypeOf(type.slice(0, -2))})`;
  const plain = PLAIN[type];
  if (plain !== undefined) return plain;
  const [, base = type, first, second = "0", rest = ""] = WITH_NUMBERS.exec(type) ?? [];
  const number = first === undefined ? null : Number(first);
  if (base === "numeric") return decimal(number, Number(second));
  if (base === "character varying") return `varchar(${number ?? ""})`;
  if (base === "character") return `char(${number ?? 1})`;
  return time(`${base}${rest}`, number ?? 6);
}

function time(type: string, digits: number): string {
  switch (type) {
    case "timestamp with time zone":
      return `timestamp(${digits}) with time zone`;
    case "timestamp without time zone":
      return `timestamp(${digits})`;
    case "time without time zone":
      return `time(${digits})`;
    default:
      return "varchar";
  }
}

function decimal(precision: number | null, scale: number): string {
  if (precision === null || scale < 0) return "varchar";
  const digits = Math.max(precision, scale);
  return digits > LONGEST_DECIMAL ? "varchar" : `decimal(${digits},${scale})`;
}
