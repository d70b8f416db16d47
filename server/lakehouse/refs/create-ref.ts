import type { z } from "zod";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type ChangeScope, RefName, SnapshotId, TableInput } from "../lakehouse-scope";
import type { RefView } from "../views";

export const CreateBranchInput = TableInput.extend({
  branch: RefName,
  fromSnapshotId: SnapshotId.optional(),
});
export const CreateTagInput = TableInput.extend({ tag: RefName, snapshotId: SnapshotId.optional() });

type Ref = z.infer<typeof RefView>;

/** A branch at a snapshot, or where main is. What lands on it is not seen by readers until it is published. */
export async function createBranch(
  scope: ChangeScope,
  { name, branch, fromSnapshotId }: z.infer<typeof CreateBranchInput>,
): Promise<Ref> {
  return createRef(scope, name, { type: "branch", name: branch, snapshotId: fromSnapshotId });
}

/** A name for a snapshot, or for what main holds now; what has a tag does not expire. */
export async function createTag(
  scope: ChangeScope,
  { name, tag, snapshotId }: z.infer<typeof CreateTagInput>,
): Promise<Ref> {
  return createRef(scope, name, { type: "tag", name: tag, snapshotId });
}

async function createRef(
  scope: ChangeScope,
  name: string,
  {
    type,
    name: refName,
    snapshotId,
  }: { type: "branch" | "tag"; name: string; snapshotId: string | undefined },
): Promise<Ref> {
  requireRole(scope, "engineer");
  const ref = await scope.lakeAdmin.createRef(scope.workspace.id, name, {
    type,
    name: refName,
    writtenBy: scope.actor.name,
    ...(snapshotId === undefined ? {} : { snapshotId }),
  });
  await recordAudit(scope, `table.${type}_created`, name, { [type]: refName, snapshotId: ref.snapshotId });
  return ref;
}
