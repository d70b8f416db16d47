import { z } from "zod";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { roleAtLeast } from "../../domain/workspaces/role-at-least";
import { type Db, membershipRole, putMembership, recordAudit, takeInvitation } from "../workspaces/index";
import { hashPassword, NewPassword, verifyPassword } from "./password";
import { PersonName } from "./set-up";
import { InvitationToken, liveInvitation } from "./show-invitation";
import type { SignInLimit } from "./sign-in-limit";
import { insertUser, userByEmail } from "./store";

export const AcceptInvitationInput = z.object({
  token: InvitationToken,
  name: PersonName,
  /** A new person's new password; a person who is known here gives the one they have. */
  password: z.string().min(1).max(256),
});
export type AcceptInvitationInput = z.infer<typeof AcceptInvitationInput>;

/**
 * Makes the invited person a member; a membership with more rights is left as it is.
 *
 * Failures: `not_found` (the link), `invalid_input` (a password too short), `unauthenticated` (the wrong password of a
 * person known here), `conflict` (the link was used in the same moment), `rate_limited`.
 */
export async function acceptInvitation(
  scope: { db: Db; clock: Clock; signInLimit: SignInLimit; clientAddress: string },
  { token, name, password }: AcceptInvitationInput,
): Promise<{ email: string; workspace: string }> {
  const invitation = await liveInvitation(scope, token);
  await scope.signInLimit.attempt(invitation.email, scope.clientAddress);
  const known = await userByEmail(scope.db, invitation.email);
  if (known !== null && !(await verifyPassword(password, known.passwordHash))) {
    throw new Failure("unauthenticated", "You have an account here already, with another password.", {
      hint: "Give the password you sign in with.",
    });
  }
  const passwordHash = known === null ? await hashNewPassword(password) : null;
  await scope.db.$transaction(async (tx) => {
    if (!(await takeInvitation(tx, invitation.id, scope.clock.now()))) {
      throw new Failure("conflict", "This invitation was used a moment ago.");
    }
    const user = known ?? (await insertUser(tx, { email: invitation.email, name, passwordHash }));
    const held = await membershipRole(tx, invitation.workspaceId, user.id);
    if (held === null || !roleAtLeast(held, invitation.role)) {
      await putMembership(tx, invitation.workspaceId, user.id, invitation.role);
    }
    await recordAudit(
      { db: tx, actor: user, workspace: invitation.workspace },
      "invitation.accepted",
      invitation.email,
      { role: invitation.role },
    );
  });
  await scope.signInLimit.succeeded(invitation.email, scope.clientAddress);
  return { email: invitation.email, workspace: invitation.workspace.slug };
}

async function hashNewPassword(password: string): Promise<string> {
  const parsed = NewPassword.safeParse(password);
  if (parsed.success) return hashPassword(parsed.data);
  const message = parsed.error.issues[0]?.message ?? "Choose another password.";
  throw new Failure("invalid_input", message, { errors: [{ pointer: "/password", message }] });
}
