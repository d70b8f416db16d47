import { z } from "zod";
import { recordAudit } from "./record-audit";
import { requireRole, type WorkspaceScope } from "./scope";
import { keepAnAdmin, lockedMemberRole } from "./set-member-role";
import { type Db, deleteMembership } from "./store";

export const RemoveMemberInput = z.object({ userId: z.string().min(1) });
export type RemoveMemberInput = z.infer<typeof RemoveMemberInput>;

/** Failures: `forbidden`, `not_found`, `conflict` (the last admin stays). */
export async function removeMember(
  scope: WorkspaceScope<{ db: Db }>,
  { userId }: RemoveMemberInput,
): Promise<void> {
  requireRole(scope, "admin");
  await scope.db.$transaction(async (tx) => {
    const current = await lockedMemberRole(tx, scope.workspace.id, userId);
    await keepAnAdmin(tx, scope.workspace.id, current);
    await deleteMembership(tx, scope.workspace.id, userId);
    await recordAudit({ ...scope, db: tx }, "member.removed", userId, { role: current });
  });
}
