import { columnFromArray, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { Failure } from "@/domain/shared/failure";
import { distinctNames } from "../tables/table-names";
import { type JsonKind, jsonArrowType, jsonKind, jsonValue, NOTHING, widerKind } from "./json-kind";
import { readJsonRows } from "./read-json-rows";

export type JsonTable = {
  arrow: Uint8Array;
  /** Columns of text whose values are all days or times, with the type of DuckDB that they can have. */
  times: { name: string; type: "DATE" | "TIMESTAMP" | "TIMESTAMPTZ" }[];
};

/**
 * The rows of a JSON text (a list of objects, or an object a line) as an Arrow IPC stream. Columns stand in the order in which
 * they first occur; one that a row lacks is NULL. Whole numbers keep every digit; values that have no common type come as
 * the JSON that they are.
 * Failures: `invalid_input`, with the line where a text of lines is broken.
 */
export function jsonToArrow(text: string): JsonTable {
  const rows = readJsonRows(text);
  const kinds = new Map<string, JsonKind>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      kinds.set(name, widerKind(kinds.get(name) ?? NOTHING, jsonKind(value)));
    }
  }
  if (kinds.size === 0) throw new Failure("invalid_input", "The JSON holds no objects with fields.");
  const own = distinctNames([...kinds.keys()]);
  const columns = [...kinds].map(([name, kind], at): [string, ReturnType<typeof columnFromArray>] => [
    own[at] ?? name,
    columnFromArray(
      rows.map((row) => jsonValue(row[name], kind)),
      jsonArrowType(kind),
    ),
  ]);
  const arrow = tableToIPC(tableFromColumns(columns), { format: "stream" }) as Uint8Array;
  const times = [...kinds].flatMap(([name, kind], at) =>
    kind.is === "text" && kind.time !== null ? [{ name: own[at] ?? name, type: kind.time }] : [],
  );
  return { arrow, times };
}
