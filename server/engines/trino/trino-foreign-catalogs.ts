import type { DatabaseTable } from "../../../domain/ports/database-catalog";
import type { ForeignCatalogs } from "../../../domain/ports/foreign-catalogs";
import type { Cell } from "../../../domain/ports/rows";
import { physicalCatalog } from "../../../domain/query/physical-catalog";
import { Failure } from "../../../domain/shared/failure";
import { quotedName } from "../../../domain/shared/quoted-name";
import { wantedCatalogs } from "./catalogs/trino-catalogs";
import { trinoRows } from "./trino-rows";
import type { TrinoParts } from "./trino-statement-engine";

/** Catalogs on the Trino of a statement engine, which all workspaces share. */
export function trinoForeignCatalogs({ http, catalogs }: TrinoParts): ForeignCatalogs {
  return {
    async describe(catalog, workspaceId, { timeoutMs, signal }) {
      const physical = physicalCatalog(catalog.catalog, workspaceId);
      const wanted = wantedCatalogs(null, { workspaceId, databases: [], foreignCatalogs: [catalog] });
      const limits = AbortSignal.any([
        ...(signal === undefined ? [] : [signal]),
        AbortSignal.timeout(timeoutMs),
      ]);
      await catalogs.ensure(wanted, [physical]);
      try {
        const sql = `SELECT table_schema, table_name, column_name, data_type, is_nullable FROM ${quotedName(physical)}.information_schema.columns WHERE table_schema <> 'information_schema' ORDER BY 1, 2, ordinal_position`;
        return { tables: tablesOf(await trinoRows(http, sql, { signal: limits })) };
      } catch (error) {
        if (error instanceof Failure && error.code === "cancelled" && signal?.aborted !== true) {
          throw new Failure("engine_unavailable", `${catalog.catalog} did not answer in time.`, {
            retryable: true,
            cause: error,
          });
        }
        throw error;
      }
    },
    prune: (workspaceId, keep) => catalogs.prune(workspaceId, keep),
  };
}

function tablesOf(rows: Cell[][]): DatabaseTable[] {
  const tables = new Map<string, DatabaseTable>();
  for (const [schema, name, column, type, isNullable] of rows.map((row) => row.map(String))) {
    if (schema === undefined || name === undefined || column === undefined || type === undefined) continue;
    const key = JSON.stringify([schema, name]);
    const table = tables.get(key) ?? {
      schema,
      name,
      columns: [],
      primaryKey: [],
      foreignKeys: [],
      rows: null,
      bytes: null,
    };
    table.columns.push({ name: column, type, isNullable: isNullable !== "NO" });
    tables.set(key, table);
  }
  return [...tables.values()];
}
