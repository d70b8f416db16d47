import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { roleAtLeast } from "../../domain/workspaces/role-at-least";
import {
  type Db,
  membershipRole,
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

/** Takes every invitation that waits for this address; a role already held is never lowered. */
async function takeInvitations(tx: Rows, user: UserRow, email: string, now: Date): Promise<void> {
  for (const { id, workspaceId, role } of await openInvitationsFor(tx, email, now)) {
    if (!(await takeInvitation(tx, id, now))) continue;
    const held = await membershipRole(tx, workspaceId, user.id);
    if (held === null || !roleAtLeast(held, role)) await putMembership(tx, workspaceId, user.id, role);
    const scope = { db: tx, actor: user, workspace: { id: workspaceId } };
    await recordAudit(scope, "invitation.accepted", email, { role, by: "provider" });
  }
}

async function invitedUser(tx: Rows, email: string, name: string, now: Date): Promise<UserRow> {
  if ((await openInvitationsFor(tx, email, now)).length > 0) {
    return insertUser(tx, { email, name, passwordHash: null });
  }
  throw new Failure("forbidden", `Nobody with the e-mail ${email} is a member here.`, {
    hint: "Ask an admin for an invitation.",
  });
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
  const now = scope.clock.now();
  const email = identity.emailVerified ? (identity.email?.trim().toLowerCase() ?? null) : null;
  return scope.db.$transaction(async (tx) => {
    const linkedId = await userIdOfAccount(tx, provider, subject);
    const linked = linkedId === null ? null : await userById(tx, linkedId);
    if (linked === null && email === null) {
      throw new Failure("forbidden", "Your identity provider does not vouch for your e-mail address.", {
        hint: "Verify the address there, or sign in with a password.",
      });
    }
    const user = linked ?? (await linkByEmail(tx, identity, email ?? "", now));
    if (email !== null) await takeInvitations(tx, user, email, now);
    const audit = { db: tx, actor: user, workspace: null };
    await recordAudit(audit, "sign_in.succeeded", user.email, { by: provider });
    return user;
  });
}

async function linkByEmail(
  tx: Rows,
  { provider, subject, name }: ProviderIdentity,
  email: string,
  now: Date,
): Promise<UserRow> {
  const user = (await userByEmail(tx, email)) ?? (await invitedUser(tx, email, name ?? email, now));
  await insertAccount(tx, { userId: user.id, provider, providerAccountId: subject });
  await recordAudit({ db: tx, actor: user, workspace: null }, "account.linked", email, { provider });
  return user;
}
