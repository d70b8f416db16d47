import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type ChangeScope, type QueryScope, RefName, SnapshotId, TableInput } from "../lakehouse-scope";
import type { MovedView } from "../views";
import { CheckSql } from "./check-branch";
import { passCheck } from "./pass-check";

export const PublishBranchInput = TableInput.extend({
  branch: RefName,
  check: CheckSql.optional(),
  /** Where the branch must still be. */
  snapshotId: SnapshotId.optional(),
});

/**
 * Lets readers see what a branch holds. With a check it is published only if the check finds no row, and only as it was
 * checked. Failures: `conflict` (rows fail the check; main or the branch has moved on).
 */
export async function publishBranch(
  scope: ChangeScope & QueryScope,
  { name, branch, check, snapshotId }: z.infer<typeof PublishBranchInput>,
): Promise<z.infer<typeof MovedView>> {
  requireRole(scope, "engineer");
  const checked = check === undefined ? null : await passCheck(scope, { name, branch, check });
  if (snapshotId !== undefined && checked !== null && checked.snapshotId !== snapshotId)
    throw new Failure("conflict", `The branch ${branch} has moved on.`, { retryable: true });
  const expectedSnapshotId = checked?.snapshotId ?? snapshotId;
  const moved = await scope.lakeAdmin.publish(scope.workspace.id, name, {
    name: branch,
    writtenBy: scope.actor.name,
    ...(expectedSnapshotId === undefined ? {} : { expectedSnapshotId }),
  });
  await recordAudit(scope, "table.branch_published", name, {
    branch,
    snapshotId: moved.snapshotId,
    ...(checked === null ? {} : { checkId: checked.checkId }),
  });
  return moved;
}
