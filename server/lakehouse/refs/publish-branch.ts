import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type ChangeScope, type QueryScope, RefName, TableInput } from "../lakehouse-scope";
import type { MovedView } from "../views";
import { CheckSql, checkBranch } from "./check-branch";

export const PublishBranchInput = TableInput.extend({ branch: RefName, check: CheckSql.optional() });

/**
 * Lets readers see what a branch holds. With a check it is published only if the check finds no row, and only as it was
 * checked. Failures: `conflict` (rows fail the check; main or the branch has moved on).
 */
export async function publishBranch(
  scope: ChangeScope & QueryScope,
  { name, branch, check }: z.infer<typeof PublishBranchInput>,
): Promise<z.infer<typeof MovedView>> {
  requireRole(scope, "engineer");
  const checked = check === undefined ? null : await checkBranch(scope, { name, branch, sql: check });
  if (checked !== null && !checked.passed) {
    const { failingRows, checkId, snapshotId } = checked;
    await recordAudit(scope, "table.publication_refused", name, { branch, failingRows, checkId, snapshotId });
    throw new Failure("conflict", `${branch} is not published: ${counted(failingRows)} the check.`, {
      hint: `See them at /lakehouse/tables/${encodeURIComponent(name)}/checks/${checkId}.`,
    });
  }
  const moved = await scope.lakeAdmin.publish(scope.workspace.id, name, {
    name: branch,
    writtenBy: scope.actor.name,
    ...(checked === null ? {} : { expectedSnapshotId: checked.snapshotId }),
  });
  await recordAudit(scope, "table.branch_published", name, {
    branch,
    snapshotId: moved.snapshotId,
    ...(checked === null ? {} : { checkId: checked.checkId }),
  });
  return moved;
}

const counted = (rows: number): string =>
  rows === 1 ? "1 row fails" : `${rows.toLocaleString("en-US")} rows fail`;
