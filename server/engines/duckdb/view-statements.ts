import type { TableLocation } from "../../../domain/ports/query-engine";
import { parseTableName } from "../../../domain/ports/table-name";
import { quotedName } from "../../../domain/shared/quoted-name";
import { text } from "./quoting";

const PREFERRED = ["lake", "analytics"];

/** What makes each table a view under its three-part name, and `schema.table` find `lake` before `analytics`. */
export function* viewStatements(tables: TableLocation[]): Iterable<string> {
  const made = new Set<string>();
  const once = function* (statement: string) {
    if (!made.has(statement)) yield statement;
    made.add(statement);
  };
  for (const table of tables) {
    const { catalog, schema, table: own } = parseTableName(table.name);
    yield* once(`ATTACH ':memory:' AS ${quotedName(catalog)}`);
    yield* once(`CREATE SCHEMA IF NOT EXISTS ${quotedName(catalog)}.${quotedName(schema)}`);
    yield* once(`CREATE VIEW ${[catalog, schema, own].map(quotedName).join(".")} AS ${selectFrom(table)}`);
  }
  const catalogs = [...new Set(tables.map((table) => parseTableName(table.name).catalog))];
  const order = PREFERRED.filter((it) => catalogs.includes(it));
  const searched = [...order, ...catalogs.filter((it) => !order.includes(it)), "memory"];
  yield `SET search_path = ${text(searched.map(quotedName).join(","))}`;
}

function selectFrom(table: TableLocation): string {
  if ("uris" in table) return `SELECT * FROM read_parquet(${list(table.uris)}, union_by_name = true)`;
  const pinned = table.snapshotId == null ? "" : `, snapshot_from_id = ${BigInt(table.snapshotId)}`;
  const scan = `SELECT * FROM iceberg_scan(${text(table.metadataLocation)}${pinned})`;
  if (table.onlyFiles === undefined) return scan;
  return table.onlyFiles.length === 0
    ? `${scan} LIMIT 0`
    : `${scan} WHERE filename IN (${table.onlyFiles.map(text).join(", ")})`;
}

const list = (values: string[]): string => `[${values.map(text).join(", ")}]`;
