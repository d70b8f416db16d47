import type { Rows } from "../workspaces/index";

export type UserRow = {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  sessionEpoch: number;
};

const fields = { id: true, email: true, name: true, passwordHash: true, sessionEpoch: true } as const;

export const countUsers = (db: Rows): Promise<number> => db.user.count();

export const userById = (db: Rows, id: string): Promise<UserRow | null> =>
  db.user.findUnique({ where: { id }, select: fields });

/** E-mail addresses are kept in lower case. */
export const userByEmail = (db: Rows, email: string): Promise<UserRow | null> =>
  db.user.findUnique({ where: { email: email.trim().toLowerCase() }, select: fields });

export const insertUser = (
  db: Rows,
  user: { email: string; name: string; passwordHash: string | null },
): Promise<UserRow> => db.user.create({ data: { ...user, email: user.email.toLowerCase() }, select: fields });

/** Ends every session of the person as well. */
export async function replacePassword(db: Rows, id: string, passwordHash: string): Promise<void> {
  await db.user.update({ where: { id }, data: { passwordHash, sessionEpoch: { increment: 1 } } });
}

export async function userIdOfAccount(
  db: Rows,
  provider: string,
  providerAccountId: string,
): Promise<string | null> {
  const account = await db.account.findUnique({
    where: { provider_providerAccountId: { provider, providerAccountId } },
  });
  return account?.userId ?? null;
}

export async function insertAccount(
  db: Rows,
  account: { userId: string; provider: string; providerAccountId: string },
): Promise<void> {
  await db.account.create({ data: account });
}

/** Held until the transaction ends: of two first visits at once, the second waits and then finds a user. */
export async function lockSetup(tx: Rows): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS "locked" FROM pg_advisory_xact_lock(hashtext('benchwright.first-admin'))`;
}
