import { z } from "zod";
import { DataSetKind } from "../../domain/datasets/data-set-record";
import type { ExperimentTracker } from "../../domain/ports/experiment-tracker";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { Rows, WorkspaceScope } from "../workspaces/index";
import type { DataSetStore } from "./data-set-store";
import type { Origins } from "./origins";

export type StoreScope = WorkspaceScope<{ store: DataSetStore; db: Rows }>;
export type DataSetScope = WorkspaceScope<{
  store: DataSetStore;
  origins: Origins;
  db: Rows;
  tableCatalog: TableCatalog;
  lakeAdmin: LakeAdmin;
  queryEngine: QueryEngine;
  resultsDir: string;
  tracker: ExperimentTracker | null;
}>;

/** The kind may be left out where only one data set has the name. */
export const DataSetInput = z.object({
  name: z.string().min(1).max(700),
  kind: DataSetKind.optional(),
});
export const Note = z.string().trim().max(2000).default("");
export const IdempotencyKeyField = z.string().min(1).max(200).optional();
