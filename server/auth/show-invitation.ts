import { z } from "zod";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import {
  type FoundInvitation,
  hashSecretToken,
  invitationByHash,
  type Rows,
  workspaceById,
} from "../workspaces/index";

export const InvitationToken = z.string().min(1).max(200);
export const ShowInvitationInput = z.object({ token: InvitationToken });
export type ShowInvitationInput = z.infer<typeof ShowInvitationInput>;

export type LiveInvitation = FoundInvitation & { workspace: { id: string; slug: string; name: string } };

/** Failures: `not_found` for a link that never was, is used up, revoked or too old. */
export async function liveInvitation(
  scope: { db: Rows; clock: Clock },
  token: string,
): Promise<LiveInvitation> {
  const invitation = await invitationByHash(scope.db, hashSecretToken(token));
  const workspace = invitation === null ? null : await workspaceById(scope.db, invitation.workspaceId);
  const usable =
    invitation !== null && invitation.acceptedAt === null && invitation.expiresAt > scope.clock.now();
  if (invitation === null || workspace === null || !usable) {
    throw new Failure("not_found", "This invitation does not work any more.", {
      hint: "Links work once, for seven days. Ask for a new one.",
    });
  }
  return { ...invitation, workspace };
}

/** What an invitation offers. */
export async function showInvitation(
  scope: { db: Rows; clock: Clock },
  { token }: ShowInvitationInput,
): Promise<{ email: string; workspaceName: string; role: Role }> {
  const { email, workspace, role } = await liveInvitation(scope, token);
  return { email, workspaceName: workspace.name, role };
}
