import { z } from "zod";
import { quoteTableName } from "../../domain/ports/table-name";
import { requireRole } from "../workspaces/index";
import { type QueryScope, RefName, SnapshotId, TableInput } from "./lakehouse-scope";
import { momentOf, snapshotOf } from "./snapshot-of";
import type { RowsView } from "./views";

const TIME_LIMIT_MS = 60_000;

export const PreviewTableInput = TableInput.extend({
  snapshotId: SnapshotId.optional(),
  /** A time: what readers saw then. */
  asOf: z.string().max(64).optional(),
  ref: RefName.optional(),
  limit: z.int().min(1).max(1000).default(100),
  offset: z.int().min(0).default(0),
});

/** Rows of a table as it is or was, in the order of its files. */
export async function previewTable(
  scope: QueryScope,
  { name, limit, offset, ...given }: z.infer<typeof PreviewTableInput>,
): Promise<z.infer<typeof RowsView>> {
  requireRole(scope, "viewer");
  const table = await scope.lakeAdmin.describe(scope.workspace.id, name);
  const moment = momentOf(given);
  const snapshotId = moment === null ? table.snapshotId : await snapshotOf(scope, table, moment);
  const { columns, rows, truncated } = await scope.queryEngine.rows(
    `SELECT * FROM ${quoteTableName(table.name)} LIMIT ${limit + 1} OFFSET ${offset}`,
    {
      tables: [{ name: table.name, metadataLocation: table.metadataLocation, snapshotId }],
      limit,
      timeoutMs: TIME_LIMIT_MS,
    },
  );
  return { snapshotId, columns, rows, nextOffset: truncated ? offset + limit : null };
}
