import type { z } from "zod";
import { recordAudit, requireRole } from "../workspaces/index";
import { type ChangeScope, SnapshotId, TableInput } from "./lakehouse-scope";
import type { MovedView } from "./views";

export const RollBackInput = TableInput.extend({ snapshotId: SnapshotId });

/** Lets readers see what an earlier snapshot held. The later ones are kept, so that this can be undone alike. */
export async function rollBackTable(
  scope: ChangeScope,
  { name, snapshotId }: z.infer<typeof RollBackInput>,
): Promise<z.infer<typeof MovedView>> {
  requireRole(scope, "engineer");
  const moved = await scope.lakeAdmin.rollback(scope.workspace.id, name, {
    snapshotId,
    writtenBy: scope.actor.name,
  });
  await recordAudit(scope, "table.rolled_back", name, { to: snapshotId, snapshotId: moved.snapshotId });
  return moved;
}
