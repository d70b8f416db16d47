import { duckdbType } from "../lakehouse/duckdb-type";
import { Failure } from "../shared/failure";
import { quotedName } from "../shared/quoted-name";
import { columnKind, isNumber } from "./compile/column-kind";
import type { EngineName } from "./dialect";
import type { ResultColumn } from "./result-column";

type Column = { name: string; type: string };

const counted = (count: number): string => `${count} column${count === 1 ? "" : "s"}`;

/**
 * A query that gives rows of a table: its columns under their names and with their types, those that are not named NULL.
 * `head` and `tail` go around the query.
 *
 * Failures: `invalid_input` where the columns do not fit: their number, their names, and types that would not hold what
 * they are given.
 */
export function insertColumns(
  table: { name: string; columns: (Column & { required?: boolean })[] },
  named: string[] | null,
  given: ResultColumn[],
  engine: EngineName,
): { head: string; tail: string } {
  const targets = named ?? table.columns.map(({ name }) => name);
  if (targets.length !== given.length)
    throw new Failure(
      "invalid_input",
      `${table.name} takes ${counted(targets.length)} here, and the query gives ${given.length}.`,
      { hint: `The columns are ${targets.join(", ")}.` },
    );
  const places = new Map(targets.map((name, index) => [name.toLowerCase(), index]));
  for (const name of targets) {
    if (!table.columns.some((column) => column.name.toLowerCase() === name.toLowerCase()))
      throw new Failure("invalid_input", `${table.name} has no column ${name}.`, {
        hint: `It has ${table.columns.map((column) => column.name).join(", ")}.`,
      });
  }
  if (places.size !== targets.length)
    throw new Failure("invalid_input", "A column is named twice.", { hint: targets.join(", ") });
  const cells = table.columns.map((column) => {
    const place = places.get(column.name.toLowerCase());
    const source = place === undefined ? null : (given[place] ?? null);
    if (source === null && column.required === true)
      throw new Failure("invalid_input", `${column.name} of ${table.name} must have a value.`);
    if (source !== null && !fits(source.type, column.type))
      throw new Failure(
        "invalid_input",
        `${column.name} of ${table.name} is ${column.type}, and the query gives it ${source.type.toLowerCase()}.`,
        { hint: `Write CAST(… AS ${column.type}) if the values may be changed.` },
      );
    const value = source === null ? "NULL" : `c${place}`;
    const type = engine === "trino" ? column.type : duckdbType(column.type);
    return `${type === null ? value : `CAST(${value} AS ${type})`} AS ${quotedName(column.name)}`;
  });
  const names = given.map((_column, index) => `c${index}`);
  return {
    head: `SELECT ${cells.join(", ")} FROM (`,
    tail: `\n) AS given_rows (${names.join(", ")})`,
  };
}

const DECIMAL = /^(?:decimal|numeric)\((\d+), ?(\d+)\)$/i;

/** Whether every value of a type is one of another, or fails loudly where it is not. */
function fits(from: string, to: string): boolean {
  const [source, target] = [columnKind(from), columnKind(to)];
  if (/^("?null"?|unknown)$/i.test(from)) return true;
  if (source === "decimal" && target === "decimal") return scaleOf(from) <= scaleOf(to);
  if (source === "integer") return isNumber(target);
  if (source === "float") return target === "float" && !(isDouble(from) && !isDouble(to));
  if (source === "date") return target === "date" || target === "timestamp";
  if (source === "other" || source === "nested") return target === source;
  return source === target;
}

const scaleOf = (type: string): number => Number(DECIMAL.exec(type.trim())?.[2] ?? 0);
const isDouble = (type: string): boolean => /^(double|float8)/i.test(type.trim());
