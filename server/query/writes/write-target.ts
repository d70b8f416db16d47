import type { PreparedSql } from "../../../domain/ports/sql-language";
import type { CatalogTable, TableCatalog } from "../../../domain/ports/table-catalog";
import { spellTableName } from "../../../domain/ports/table-name";
import { requireWritable } from "../../../domain/query/require-writable";
import { Failure } from "../../../domain/shared/failure";
import type { Rows, WorkspaceScope } from "../../workspaces/index";
import { ownSchemaOf } from "./own-schema-of";

export type WriteTarget = {
  /** Three parts. */
  table: string;
  mode: NonNullable<PreparedSql["write"]>["mode"];
  /** In the order of the query; null where the statement names none. */
  columns: string[] | null;
  /** What is there before. */
  existing: CatalogTable | null;
  /** The statement says that it is to do nothing: IF NOT EXISTS, IF EXISTS. */
  isDone: boolean;
};

/** The whole name: of two parts the schema is one of analytics, a table alone is in the person's own schema. */
function wholeTableName(name: string, own: string): string {
  const [first = "", second, ...rest] = name.split(".");
  const table = rest.join(".");
  if (second === undefined) return spellTableName({ catalog: "analytics", schema: own, table: first });
  if (table === "") return spellTableName({ catalog: "analytics", schema: first, table: second });
  return spellTableName({ catalog: first, schema: second, table });
}

/**
 * The table that a statement writes, once it is known that this person may and that it can be written so.
 *
 * Failures: `forbidden`, `invalid_input`, `conflict` (the table is there already), `not_found`.
 */
export async function writeTarget(
  scope: WorkspaceScope<{ tableCatalog: TableCatalog; db: Rows }>,
  { table: name, mode, ifExists, columns }: NonNullable<PreparedSql["write"]>,
): Promise<WriteTarget> {
  const own = await ownSchemaOf(scope);
  const table = wholeTableName(name, own);
  requireWritable(table, { role: scope.role, own });
  const existing = await scope.tableCatalog.find(scope.workspace.id, table);
  const target = { table: existing?.name ?? table, mode, columns, existing };
  if (mode === "create" && existing !== null) {
    if (ifExists) return { ...target, isDone: true };
    throw new Failure("conflict", `There is a table ${existing.name} already.`, {
      hint: "Write CREATE OR REPLACE TABLE to take its place, or INSERT INTO to add rows to it.",
    });
  }
  if ((mode === "append" || mode === "drop") && existing === null) {
    if (ifExists) return { ...target, isDone: true };
    throw new Failure("not_found", `There is no table ${table}.`, {
      hint:
        mode === "append"
          ? "CREATE TABLE … AS SELECT … makes one."
          : "DROP TABLE IF EXISTS goes on all the same.",
    });
  }
  return { ...target, isDone: false };
}
