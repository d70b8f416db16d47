import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit } from "./record-audit";
import { requireRole, type WorkspaceScope } from "./scope";
import { type Db, deleteInvitation } from "./store";

export const RevokeInvitationInput = z.object({ id: z.string().min(1) });
export type RevokeInvitationInput = z.infer<typeof RevokeInvitationInput>;

/** Failures: `forbidden`, `not_found` where it does not exist or was accepted. */
export async function revokeInvitation(
  scope: WorkspaceScope<{ db: Db }>,
  { id }: RevokeInvitationInput,
): Promise<void> {
  requireRole(scope, "admin");
  const revoked = await deleteInvitation(scope.db, scope.workspace.id, id);
  if (revoked === null) throw new Failure("not_found", "There is no such open invitation.");
  await recordAudit(scope, "invitation.revoked", revoked.email);
}
