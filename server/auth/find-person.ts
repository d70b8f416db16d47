import type { Db } from "../workspaces/index";
import { userById } from "./store";

/** Somebody with a live session. */
export type Person = { id: string; email: string; name: string };

/** What a session cookie says: a user id, and the epoch in which it was made. */
export type SessionClaim = { userId: string; sessionEpoch: number };

/** Null where the person is gone or has ended their sessions since. */
export async function findPerson(scope: { db: Db }, claim: SessionClaim): Promise<Person | null> {
  const user = await userById(scope.db, claim.userId);
  if (user === null || user.sessionEpoch !== claim.sessionEpoch) return null;
  return { id: user.id, email: user.email, name: user.name };
}
