import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { type Db, recordAudit } from "../workspaces/index";
import type { Person } from "./find-person";
import { hashPassword, NewPassword, verifyPassword } from "./password";
import type { SignInLimit } from "./sign-in-limit";
import { replacePassword, userById } from "./store";

export const ChangePasswordInput = z.object({
  currentPassword: z.string().max(256),
  newPassword: NewPassword,
});
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

/** Ends every session of the person, this one too. Failures: `invalid_input` (the current one is wrong), `rate_limited`. */
export async function changePassword(
  scope: { db: Db; person: Person; signInLimit: SignInLimit; clientAddress: string },
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<void> {
  const { db, person, signInLimit, clientAddress } = scope;
  await signInLimit.attempt(person.email, clientAddress);
  const user = await userById(db, person.id);
  const known = await verifyPassword(currentPassword, user?.passwordHash ?? null);
  if (!known) {
    const message = "This is not your current password.";
    throw new Failure("invalid_input", message, { errors: [{ pointer: "/currentPassword", message }] });
  }
  await signInLimit.succeeded(person.email, clientAddress);
  const passwordHash = await hashPassword(newPassword);
  await db.$transaction(async (tx) => {
    await replacePassword(tx, person.id, passwordHash);
    await recordAudit({ db: tx, actor: person, workspace: null }, "password.changed", person.email);
  });
}
