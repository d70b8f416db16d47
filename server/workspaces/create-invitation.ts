import { z } from "zod";
import { Role } from "../../domain/workspaces/role";
import { recordAudit } from "./record-audit";
import { requireRole, type WorkspaceScope } from "./scope";
import { hashSecretToken, newSecretToken } from "./secret-token";
import { type Db, insertInvitation } from "./store";

const INVITATION_LIFETIME_MS = 7 * 24 * 60 * 60_000;

export const CreateInvitationInput = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email()),
  role: Role,
});
export type CreateInvitationInput = z.infer<typeof CreateInvitationInput>;

/** A link that works once, for seven days. It is shown now and never again. */
export async function createInvitation(
  scope: WorkspaceScope<{ db: Db; publicUrl: string }>,
  { email, role }: CreateInvitationInput,
): Promise<{ id: string; url: string }> {
  requireRole(scope, "admin");
  const token = newSecretToken("bwi_");
  return scope.db.$transaction(async (tx) => {
    const { id } = await insertInvitation(tx, {
      workspaceId: scope.workspace.id,
      email,
      role,
      tokenHash: hashSecretToken(token),
      invitedBy: scope.actor.id,
      expiresAt: new Date(scope.clock.now().getTime() + INVITATION_LIFETIME_MS),
    });
    await recordAudit({ ...scope, db: tx }, "invitation.created", email, { role });
    return { id, url: `${scope.publicUrl}/invitation/${token}` };
  });
}
