import { createHash } from "node:crypto";
import type { KeyHolds } from "../../domain/ports/key-holds";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import {
  answerKey,
  deleteKey,
  deleteOldKeys,
  findKey,
  type IdempotencyRows,
  insertKey,
  PENDING,
} from "./store";

export type Answer = { status: number; body: unknown };

const KEPT_MS = 24 * 60 * 60_000;
const MAX_KEY_LENGTH = 200;
const UNDER_WAY = "A request with this Idempotency-Key is under way.";

export const requestHash = (parts: (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(String(part.length)).update(":").update(part);
  return hash.digest("hex");
};

/**
 * Answers a repeated request with the first one's answer, for a day. What failed is not kept, and may be tried again; so may
 * what a process was at that has died since: `act` then finds for itself what it had done before.
 *
 * Failures: `invalid_input` (the key is too long, or was used for another request), `conflict` (the first request is
 * still under way), and those of `act`.
 */
export async function oncePerKey(
  scope: { db: IdempotencyRows; keyHolds: KeyHolds; clock: Clock; workspaceId: string },
  key: string,
  hash: string,
  act: () => Promise<Answer>,
): Promise<Answer> {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    throw new Failure("invalid_input", `An Idempotency-Key has 1 to ${MAX_KEY_LENGTH} characters.`);
  }
  const { db, workspaceId } = scope;
  const id = { workspaceId, key };
  const now = scope.clock.now();
  const letGo = await scope.keyHolds.hold(JSON.stringify([workspaceId, key]));
  try {
    await deleteOldKeys(db, new Date(now.getTime() - KEPT_MS));
    const earlier = await earlierAnswer(db, id, hash);
    if (earlier !== null) return earlier;
    if (letGo === null) throw new Failure("conflict", UNDER_WAY, { retryable: true });
    await insertKey(db, { ...id, requestHash: hash, now });
    try {
      const answer = await act();
      await answerKey(db, id, answer.status, answer.body ?? null);
      return answer;
    } catch (error) {
      await deleteKey(db, id);
      throw error;
    }
  } finally {
    await letGo?.();
  }
}

/** Null where no request with this key has been answered. */
async function earlierAnswer(
  db: IdempotencyRows,
  id: { workspaceId: string; key: string },
  hash: string,
): Promise<Answer | null> {
  const earlier = await findKey(db, id);
  if (earlier === null) return null;
  if (earlier.requestHash !== hash) {
    throw new Failure("invalid_input", "This Idempotency-Key was used for another request.", {
      hint: "Use a new key for a new request.",
    });
  }
  return earlier.status === PENDING ? null : { status: earlier.status, body: earlier.response };
}
