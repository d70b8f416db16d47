import { createHash } from "node:crypto";
import { z } from "zod";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import { parseTableName } from "../../../domain/ports/table-name";
import type { CompletionNames } from "../../../domain/query/completion/completion-names";
import { requireRole } from "../../workspaces/index";
import { type AttachedTable, attachedTables } from "../attachments/attached-tables";
import type { QueryScope } from "../query-scope";
import { warmUp } from "../understand/warm-up";
import { compactNames, type NamedTable } from "./compact-names";
import { tableKeys } from "./table-keys";

export const ListNamesInput = z.object({
  /** The version that is there already. */
  version: z.string().max(100).optional(),
});

/** The names that statements can use; null where `version` still is the newest. */
export async function listNames(
  scope: QueryScope,
  { version: known }: z.infer<typeof ListNamesInput>,
): Promise<CompletionNames | null> {
  requireRole(scope, "viewer");
  // An editor was opened: its first statement will come.
  warmUp(scope.sqlLanguage);
  const [lake, attached] = await Promise.all([
    scope.tableCatalog.list(scope.workspace.id),
    attachedTables(scope),
  ]);
  const version = versionOf(lake, attached.tables);
  if (version === known) return null;
  const keys = await tableKeys(scope, lake);
  const tables = [
    ...lake.map((table) => ofLake(table, keys.get(table.name) ?? [])),
    ...attached.tables.map(ofDatabase),
  ];
  return { version, ...compactNames(tables) };
}

/** Changes with every commit to a table of the lake, and with the shape of a database. */
function versionOf(lake: CatalogTable[], attached: AttachedTable[]): string {
  const hash = createHash("sha256");
  for (const { name, metadataLocation } of lake) hash.update(`${name}\0${metadataLocation}\n`);
  for (const { name, columns, primaryKey, foreignKeys, rows } of attached)
    hash.update(JSON.stringify([name, columns, primaryKey, foreignKeys, rows]));
  return hash.digest("hex").slice(0, 32);
}

const partsOf = (name: string): [string, string, string] => {
  const { catalog, schema, table } = parseTableName(name);
  return [catalog, schema, table];
};

const ofLake = ({ name, columns, rowCount }: CatalogTable, key: string[]): NamedTable => ({
  parts: partsOf(name),
  columns,
  rows: rowCount,
  key,
  foreignKeys: [],
});

const ofDatabase = ({ name, columns, rows, primaryKey, foreignKeys }: AttachedTable): NamedTable => ({
  parts: partsOf(name),
  columns,
  rows,
  key: primaryKey,
  foreignKeys,
});
