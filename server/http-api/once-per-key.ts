import { createHash } from "node:crypto";
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
/** An unanswered key older than this was left by a crash. */
const ABANDONED_MS = 2 * 60_000;
const MAX_KEY_LENGTH = 200;

export const requestHash = (parts: (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(String(part.length)).update(":").update(part);
  return hash.digest("hex");
};

/**
 * Answers a repeated request with the first one's answer, for a day. What failed is not kept, and may be tried again.
 *
 * Failures: `invalid_input` (the key is too long, or was used for another request), `conflict` (the first request is
 * still under way), and those of `act`.
 */
export async function oncePerKey(
  scope: { db: IdempotencyRows; clock: Clock; workspaceId: string },
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
  await deleteOldKeys(db, id, new Date(now.getTime() - KEPT_MS), new Date(now.getTime() - ABANDONED_MS));
  if (!(await insertKey(db, { ...id, requestHash: hash, now }))) return earlierAnswer(db, id, hash);
  try {
    const answer = await act();
    await answerKey(db, id, answer.status, answer.body ?? null);
    return answer;
  } catch (error) {
    await deleteKey(db, id);
    throw error;
  }
}

async function earlierAnswer(
  db: IdempotencyRows,
  id: { workspaceId: string; key: string },
  hash: string,
): Promise<Answer> {
  const earlier = await findKey(db, id);
  if (earlier !== null && earlier.requestHash !== hash) {
    throw new Failure("invalid_input", "This Idempotency-Key was used for another request.", {
      hint: "Use a new key for a new request.",
    });
  }
  if (earlier === null || earlier.status === PENDING) {
    throw new Failure("conflict", "A request with this Idempotency-Key is under way.", { retryable: true });
  }
  return { status: earlier.status, body: earlier.response };
}
