import { Failure } from "../../shared/failure";
import { type ColumnKind, isNumber } from "./column-kind";

/** A text literal of DuckDB's SQL. A NUL cannot stand in one. */
export const textLiteral = (value: string): string => `'${value.replaceAll("\0", "").replaceAll("'", "''")}'`;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NOT_FINITE: Record<string, string> = {
  nan: "nan",
  inf: "inf",
  infinity: "inf",
  "+infinity": "inf",
  "-inf": "-inf",
  "-infinity": "-inf",
};
const DATE = /^\d{4,6}-\d{2}-\d{2}$/;
const MOMENT =
  /^\d{4,6}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,12})?)?)?( ?(Z|UTC|[+-]\d{2}(:?\d{2})?))?$/;
const ZONE = / ?(Z|UTC|[+-]\d{2}(:?\d{2})?)$/;

/**
 * What a person wrote as a literal to compare a column of this kind with. Numbers keep every digit. A time without a zone is
 * taken as UTC where the column has one; where it has none, a zone is left out.
 *
 * Failures: `invalid_input` where it is no value of that kind.
 */
export function filterLiteral(value: string | number | boolean, kind: ColumnKind, name: string): string {
  const text = String(value).trim();
  if (isNumber(kind)) return numberLiteral(text, name);
  switch (kind) {
    case "boolean":
      if (!/^(true|false)$/i.test(text)) throw unfit(text, name, "true or false");
      return text.toLowerCase();
    case "date":
      if (!DATE.test(text)) throw unfit(text, name, "a date as 2026-11-21");
      return checkedDay(text, name, `CAST(${textLiteral(text)} AS DATE)`);
    case "timestamp":
    case "timestamp_with_zone":
      return momentLiteral(text, kind, name);
    default:
      return textLiteral(String(value));
  }
}

function numberLiteral(text: string, name: string): string {
  const special = NOT_FINITE[text.toLowerCase()];
  if (special !== undefined) return `CAST('${special}' AS DOUBLE)`;
  if (!NUMBER.test(text)) throw unfit(text, name, "a number");
  const digits = text.replace(/[^\d]/g, "").length;
  const isExact = !/e/i.test(text) && digits <= 38;
  return isExact ? text.replace(/^\+/, "") : `CAST('${text}' AS DOUBLE)`;
}

function momentLiteral(text: string, kind: ColumnKind, name: string): string {
  if (!MOMENT.test(text)) throw unfit(text, name, "a time as 2026-11-21 06:41:07");
  const zone = ZONE.exec(text.slice(10))?.[1];
  const local = zone === undefined ? text : text.slice(0, text.length - zone.length).trimEnd();
  const isFine = (/\.(\d+)$/.exec(local)?.[1]?.length ?? 0) > 6;
  if (kind === "timestamp") {
    return checkedDay(text, name, `CAST(${textLiteral(local)} AS ${isFine ? "TIMESTAMP_NS" : "TIMESTAMP"})`);
  }
  const offset = zone === undefined || zone === "Z" || zone === "UTC" ? "+00" : zone;
  const whole = local.length <= 10 ? `${local} 00:00:00` : local;
  return checkedDay(text, name, `CAST(${textLiteral(`${whole}${offset}`)} AS TIMESTAMPTZ)`);
}

/** The engine would fail on 30 February; say so as for any other value that does not fit. */
function checkedDay(text: string, name: string, literal: string): string {
  const [, year = "", month = "", day = ""] = /^(\d+)-(\d{2})-(\d{2})/.exec(text) ?? [];
  const [, hour = "0", minute = "0", second = "0"] = /[ T](\d{2}):(\d{2})(?::(\d{2}))?/.exec(text) ?? [];
  const days = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isDay || !isTime) throw unfit(text, name, "a day and time that exist");
  return literal;
}

const unfit = (text: string, name: string, expected: string): Failure =>
  new Failure("invalid_input", `${JSON.stringify(text.slice(0, 80))} cannot be compared with ${name}.`, {
    hint: `Write ${expected}.`,
  });
