import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import {
  type Db,
  openInvitationsFor,
  putMembership,
  type Rows,
  recordAudit,
  takeInvitation,
} from "../workspaces/index";
import { insertAccount, insertUser, type UserRow, userByEmail, userById, userIdOfAccount } from "./store";

export type ProviderIdentity = {
  provider: string;
  /** The provider's own, unchanging id of the person. */
  subject: string;
  email: string | null;
  /** True only where the provider vouches for the address. */
  emailVerified: boolean;
  name: string | null;
};

async function invitedUser(tx: Rows, email: string, name: string, now: Date): Promise<UserRow> {
  const invitations = await openInvitationsFor(tx, email, now);
  if (invitations.length === 0) {
    throw new Failure("forbidden", `Nobody with the e-mail ${email} is a member here.`, {
      hint: "Ask an admin for an invitation.",
    });
  }
  const user = await insertUser(tx, { email, name, passwordHash: null });
  for (const invitation of invitations) {
    if (!(await takeInvitation(tx, invitation.id, now))) continue;
    await putMembership(tx, invitation.workspaceId, user.id, invitation.role);
    await recordAudit(
      { db: tx, actor: user, workspace: { id: invitation.workspaceId } },
      "invitation.accepted",
      email,
      { role: invitation.role, by: "provider" },
    );
  }
  return user;
}

/**
 * The person behind an identity: the one it is linked to, else the member with the same verified e-mail, else a new
 * person for whom an invitation waits.
 *
 * Failures: `forbidden` (no verified e-mail, or neither member nor invited).
 */
export async function signInWithProvider(
  scope: { db: Db; clock: Clock },
  identity: ProviderIdentity,
): Promise<UserRow> {
  const { provider, subject } = identity;
  const linkedId = await userIdOfAccount(scope.db, provider, subject);
  const linked = linkedId === null ? null : await userById(scope.db, linkedId);
  if (linked !== null) {
    await recordAudit({ db: scope.db, actor: linked, workspace: null }, "sign_in.succeeded", linked.email, {
      by: provider,
    });
    return linked;
  }
  if (identity.email === null || !identity.emailVerified) {
    throw new Failure("forbidden", "Your identity provider does not vouch for your e-mail address.", {
      hint: "Verify the address there, or sign in with a password.",
    });
  }
  const email = identity.email.trim().toLowerCase();
  return scope.db.$transaction(async (tx) => {
    const name = identity.name ?? email;
    const user = (await userByEmail(tx, email)) ?? (await invitedUser(tx, email, name, scope.clock.now()));
    await insertAccount(tx, { userId: user.id, provider, providerAccountId: subject });
    await recordAudit({ db: tx, actor: user, workspace: null }, "account.linked", email, { provider });
    return user;
  });
}
