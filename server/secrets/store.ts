import type { PrismaClient } from "../db/client";

export type Db = PrismaClient;

export type SecretRow = { name: string; setAt: Date; setBy: string; lastUsedAt: Date | null };

/** By name, without their values. */
export const secretRows = (db: Db, workspaceId: string): Promise<SecretRow[]> =>
  db.workspaceSecret.findMany({
    where: { workspaceId },
    orderBy: { name: "asc" },
    select: { name: true, setAt: true, setBy: true, lastUsedAt: true },
  });

export async function putSecret(
  db: Db,
  secret: { workspaceId: string; name: string; sealed: string; setAt: Date; setBy: string },
): Promise<void> {
  const { workspaceId, name, ...rest } = secret;
  await db.workspaceSecret.upsert({
    where: { workspaceId_name: { workspaceId, name } },
    create: secret,
    update: rest,
  });
}

/** False where there is none. */
export async function deleteSecret(db: Db, workspaceId: string, name: string): Promise<boolean> {
  const { count } = await db.workspaceSecret.deleteMany({ where: { workspaceId, name } });
  return count > 0;
}

export const sealedSecrets = (
  db: Db,
  workspaceId: string,
  names: readonly string[],
): Promise<{ name: string; sealed: string }[]> =>
  db.workspaceSecret.findMany({
    where: { workspaceId, name: { in: [...names] } },
    select: { name: true, sealed: true },
  });

export async function touchSecrets(db: Db, workspaceId: string, names: readonly string[], at: Date) {
  await db.workspaceSecret.updateMany({
    where: { workspaceId, name: { in: [...names] } },
    data: { lastUsedAt: at },
  });
}

export const allSealedSecrets = (db: Db, workspaceId: string): Promise<{ name: string; sealed: string }[]> =>
  db.workspaceSecret.findMany({ where: { workspaceId }, select: { name: true, sealed: true } });
