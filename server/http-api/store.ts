import type { PrismaClient } from "../db/client";
import type { Prisma } from "../db/generated/client";

export type IdempotencyRows = Pick<PrismaClient, "idempotencyKey">;

/** The status of a row whose request has not been answered yet. */
export const PENDING = 0;

type Key = { workspaceId: string; key: string };

/** A row whose request is under way, in place of an earlier one of the same key. */
export async function insertKey(
  db: IdempotencyRows,
  { now, requestHash, ...key }: Key & { requestHash: string; now: Date },
): Promise<void> {
  const row = { requestHash, status: PENDING, response: {}, createdAt: now };
  await db.idempotencyKey.upsert({
    where: { workspaceId_key: key },
    create: { ...key, ...row },
    update: row,
  });
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

/** Forgets what is older than `before`, answered or not. */
export async function deleteOldKeys(db: IdempotencyRows, before: Date): Promise<void> {
  await db.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } });
}
