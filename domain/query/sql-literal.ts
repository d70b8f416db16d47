import type { Dialect } from "./dialect";
import type { ScalarType } from "./query-parameter";

type Read = { sql: string } | { wrong: string };

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** A minus right before a placeholder and one of its own would begin a comment. */
const signed = (isNegative: boolean, sql: string): string => (isNegative ? `(${sql})` : sql);

const LARGEST = 9_223_372_036_854_775_807n;

function integer(text: string): Read {
  if (!/^[+-]?\d{1,19}$/.test(text)) return { wrong: `"${text}" is not a whole number of 64 bits.` };
  const value = BigInt(text.replace("+", ""));
  if (value === -LARGEST - 1n) return { sql: `CAST('${value}' AS BIGINT)` };
  if (value > LARGEST || value < -LARGEST) return { wrong: `"${text}" is not a whole number of 64 bits.` };
  return { sql: signed(value < 0n, String(value)) };
}

/** Engines read `DECIMAL '1.5'` with digits of their own choice, so the type is spelt out. */
function decimal(text: string): Read {
  const [, sign = "", whole = "", part = ""] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole + part === "") return { wrong: `"${text}" is not a decimal number.` };
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  const precision = Math.max(1, (digits === "0" ? 0 : digits.length) + part.length);
  if (precision > 38) return { wrong: "A decimal number has at most 38 digits." };
  const value = `${sign === "-" ? "-" : ""}${digits}${part === "" ? "" : `.${part}`}`;
  return { sql: `CAST('${value}' AS DECIMAL(${precision}, ${part.length}))` };
}

const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

function date(text: string): Read {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text)) return { sql: `DATE '${text}'` };
  return { wrong: `"${text}" is not a day; write it as 2026-01-31.` };
}

const CLOCK =
  /^(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,6})?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

function timestamp(text: string, dialect: Dialect): Read {
  const [, day = "", hours = "00", minutes = "00", seconds = "00", part = "", zone] = CLOCK.exec(text) ?? [];
  if (!isDay(day)) return { wrong: `"${text}" is not a time; write it as 2026-01-31 10:00:00.` };
  const clock = `${day} ${hours}:${minutes}:${seconds}${part}`;
  if (zone === undefined) return { sql: `TIMESTAMP '${clock}'` };
  const offset = /^(Z|UTC)$/i.test(zone) ? "+00:00" : zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
  return dialect === "trino"
    ? { sql: `TIMESTAMP '${clock} ${offset}'` }
    : { sql: `TIMESTAMPTZ '${clock}${offset}'` };
}

/** A value as a literal of the dialect, or what is wrong with it. */
export function sqlLiteral(value: string | number | boolean, type: ScalarType, dialect: Dialect): Read {
  const text = typeof value === "number" ? plainNumber(value) : String(value);
  switch (type) {
    case "text":
      return text.includes("\0") ? { wrong: "A text holds no NUL." } : { sql: quote(text) };
    case "integer":
      return integer(text.trim());
    case "decimal":
      return decimal(text.trim());
    case "date":
      return date(text.trim());
    case "timestamp":
      return timestamp(text.trim(), dialect);
    case "boolean": {
      const word = text.trim().toUpperCase();
      return word === "TRUE" || word === "FALSE"
        ? { sql: word }
        : { wrong: `"${text}" is not true or false.` };
    }
  }
}

/** The digits of a number without an exponent, where there is such a writing. */
function plainNumber(value: number): string {
  const text = String(value);
  const [, sign = "", whole = "", part = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const shift = Number(exponent);
  const digits = whole + part;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
