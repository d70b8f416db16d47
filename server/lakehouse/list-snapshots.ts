import type { z } from "zod";
import { requireRole } from "../workspaces/index";
import { PageFields, type ReadScope, RefName, TableInput } from "./lakehouse-scope";
import { pageOf, SnapshotView } from "./views";

export const ListSnapshotsInput = TableInput.extend({ ...PageFields, ref: RefName.optional() });
export const ListSnapshotsResult = pageOf(SnapshotView);

/** The snapshots that are kept, newest first; with `ref` those that led to where it points. */
export async function listSnapshots(
  scope: ReadScope,
  { name, ref, ...page }: z.infer<typeof ListSnapshotsInput>,
): Promise<z.infer<typeof ListSnapshotsResult>> {
  requireRole(scope, "viewer");
  return scope.lakeAdmin.snapshots(scope.workspace.id, name, {
    ...page,
    ...(ref === undefined ? {} : { ref }),
  });
}
