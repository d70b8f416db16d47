import { Failure } from "../../domain/shared/failure";
import { type Db, recordAudit } from "../workspaces/index";
import { verifyPassword } from "./password";
import type { SignInLimit } from "./sign-in-limit";
import { type UserRow, userByEmail } from "./store";

export type SignInInput = { email: string; password: string; clientAddress: string };

/**
 * The person with this e-mail and password.
 *
 * Failures: `unauthenticated`, the same for an unknown e-mail and a wrong password; `rate_limited`.
 */
export async function signIn(
  scope: { db: Db; signInLimit: SignInLimit },
  { email, password, clientAddress }: SignInInput,
): Promise<UserRow> {
  await scope.signInLimit.attempt(email, clientAddress);
  const user = await userByEmail(scope.db, email);
  const matches = await verifyPassword(password, user?.passwordHash ?? null);
  const audit = { db: scope.db, workspace: null };
  if (user === null || !matches) {
    if (user !== null) await recordAudit({ ...audit, actor: user }, "sign_in.failed", user.email);
    throw new Failure("unauthenticated", "This e-mail and password do not belong together.");
  }
  await scope.signInLimit.succeeded(email, clientAddress);
  await recordAudit({ ...audit, actor: user }, "sign_in.succeeded", user.email, { by: "password" });
  return user;
}
