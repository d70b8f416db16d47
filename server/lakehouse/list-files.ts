import { z } from "zod";
import { requireRole } from "../workspaces/index";
import { PageFields, type ReadScope, RefName, SnapshotId, TableInput } from "./lakehouse-scope";
import { DataFileView, PartitionView, pageOf } from "./views";

export const AtInput = TableInput.extend({ snapshotId: SnapshotId.optional(), ref: RefName.optional() });
export const ListFilesInput = AtInput.extend(PageFields);
/** `deleteFiles` counts files that hold deleted rows beside the data files. */
export const ListFilesResult = pageOf(DataFileView).extend({ deleteFiles: z.int() });
export const ListPartitionsResult = z.array(PartitionView);

/** The data files of a state of the table. */
export async function listFiles(
  scope: ReadScope,
  { name, ...page }: z.infer<typeof ListFilesInput>,
): Promise<z.infer<typeof ListFilesResult>> {
  requireRole(scope, "viewer");
  return scope.lakeAdmin.files(scope.workspace.id, name, page);
}

/** Rows, bytes and files of each partition; one entry where the table has none. */
export async function listPartitions(
  scope: ReadScope,
  { name, ...at }: z.infer<typeof AtInput>,
): Promise<z.infer<typeof ListPartitionsResult>> {
  requireRole(scope, "viewer");
  return scope.lakeAdmin.partitions(scope.workspace.id, name, at);
}
