import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { Role } from "../../domain/workspaces/role";
import { recordAudit } from "./record-audit";
import { requireRole, type WorkspaceScope } from "./scope";
import { countAdmins, type Db, lockWorkspace, membershipRole, putMembership, type Rows } from "./store";

export const SetMemberRoleInput = z.object({ userId: z.string().min(1), role: Role });
export type SetMemberRoleInput = z.infer<typeof SetMemberRoleInput>;

/** The member's role, under a lock that keeps the number of admins still. Failures: `not_found`. */
export async function lockedMemberRole(tx: Rows, workspaceId: string, userId: string): Promise<Role> {
  await lockWorkspace(tx, workspaceId);
  const role = await membershipRole(tx, workspaceId, userId);
  if (role === null) throw new Failure("not_found", "This person is not a member of the workspace.");
  return role;
}

/** Call under the lock. Failures: `conflict` where an admin would go and no other is left. */
export async function keepAnAdmin(tx: Rows, workspaceId: string, current: Role): Promise<void> {
  if (current !== "admin" || (await countAdmins(tx, workspaceId)) > 1) return;
  throw new Failure("conflict", "This is the last admin of the workspace.", {
    hint: "Make somebody else an admin first.",
  });
}

/** Failures: `forbidden`, `not_found`, `conflict` (the last admin stays one). */
export async function setMemberRole(
  scope: WorkspaceScope<{ db: Db }>,
  { userId, role }: SetMemberRoleInput,
): Promise<void> {
  requireRole(scope, "admin");
  await scope.db.$transaction(async (tx) => {
    const current = await lockedMemberRole(tx, scope.workspace.id, userId);
    if (current === role) return;
    await keepAnAdmin(tx, scope.workspace.id, current);
    await putMembership(tx, scope.workspace.id, userId, role);
    await recordAudit({ ...scope, db: tx }, "member.role_changed", userId, { from: current, to: role });
  });
}
