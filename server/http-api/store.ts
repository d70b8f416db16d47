import type { PrismaClient } from "../db/client";
import type { Prisma } from "../db/generated/client";

export type IdempotencyRows = Pick<PrismaClient, "idempotencyKey">;

const UNIQUE_VIOLATION = "P2002";

/** The status of a row whose request has not been answered yet. */
export const PENDING = 0;

type Key = { workspaceId: string; key: string };

/** True for the one caller that may go on with this key. */
export async function insertKey(
  db: IdempotencyRows,
  row: Key & { requestHash: string; now: Date },
): Promise<boolean> {
  const { now, ...key } = row;
  try {
    await db.idempotencyKey.create({ data: { ...key, status: PENDING, response: {}, createdAt: now } });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

export const findKey = (db: IdempotencyRows, key: Key) =>
  db.idempotencyKey.findUnique({ where: { workspaceId_key: key } });

export async function answerKey(
  db: IdempotencyRows,
  key: Key,
  status: number,
  response: unknown,
): Promise<void> {
  await db.idempotencyKey.updateMany({
    where: key,
    data: { status, response: response as Prisma.InputJsonValue },
  });
}

export async function deleteKey(db: IdempotencyRows, key: Key): Promise<void> {
  await db.idempotencyKey.deleteMany({ where: key });
}

/** Forgets answers older than `before`, and one key that stayed unanswered since `unansweredBefore`. */
export async function deleteOldKeys(
  db: IdempotencyRows,
  key: Key,
  before: Date,
  unansweredBefore: Date,
): Promise<void> {
  await db.idempotencyKey.deleteMany({
    where: {
      OR: [{ createdAt: { lt: before } }, { ...key, status: PENDING, createdAt: { lt: unansweredBefore } }],
    },
  });
}
