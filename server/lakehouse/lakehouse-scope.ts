import { z } from "zod";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { Rows, WorkspaceScope } from "../workspaces/index";

export type ReadScope = WorkspaceScope<{ tableCatalog: TableCatalog; lakeAdmin: LakeAdmin }>;
export type QueryScope = WorkspaceScope<{
  tableCatalog: TableCatalog;
  lakeAdmin: LakeAdmin;
  queryEngine: QueryEngine;
  resultsDir: string;
}>;
export type ChangeScope = ReadScope & { db: Rows };

/** Three parts; a part that is not letters, digits and underscores is written in double quotes. */
export const TableInput = z.object({ name: z.string().min(1).max(700) });
export const PageFields = {
  limit: z.int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
};
export const SnapshotId = z.string().regex(/^\d{1,20}$/, "Write the id of a snapshot, a whole number");
/** Not a whole number, which would read as the id of a snapshot. */
export const RefName = z
  .string()
  .regex(
    /^(?!\d+$)[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u,
    "Use letters, digits, _, - and ., not digits alone",
  );
