import { type Role, Role as RoleSchema } from "../../domain/workspaces/role";
import type { PrismaClient } from "../db/client";
import type { Prisma } from "../db/generated/client";

export type Db = PrismaClient;
/** The database, or a transaction on it. */
export type Rows = Prisma.TransactionClient;

const asRole = (text: string): Role => RoleSchema.parse(text);

export type WorkspaceRow = { id: string; slug: string; name: string };

export const SAMPLE_SLUG = "sample";

const workspaceFields = { id: true, slug: true, name: true } as const;

export const workspaceBySlug = (db: Rows, slug: string): Promise<WorkspaceRow | null> =>
  db.workspace.findUnique({ where: { slug }, select: workspaceFields });

export const insertWorkspace = (db: Rows, slug: string, name: string): Promise<WorkspaceRow> =>
  db.workspace.create({ data: { slug, name }, select: workspaceFields });

export const insertWorkspaceIfAbsent = async (db: Rows, slug: string, name: string): Promise<void> => {
  await db.workspace.createMany({ data: [{ slug, name }], skipDuplicates: true });
};

/** Makes later transactions that ask for the same lock wait until this one ends. */
export async function lockWorkspace(tx: Rows, workspaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Workspace" WHERE "id" = ${workspaceId} FOR UPDATE`;
}

export async function membershipRole(db: Rows, workspaceId: string, userId: string): Promise<Role | null> {
  const row = await db.membership.findUnique({ where: { userId_workspaceId: { userId, workspaceId } } });
  return row === null ? null : asRole(row.role);
}

export const countAdmins = (db: Rows, workspaceId: string): Promise<number> =>
  db.membership.count({ where: { workspaceId, role: "admin" } });

export async function putMembership(
  db: Rows,
  workspaceId: string,
  userId: string,
  role: Role,
): Promise<void> {
  await db.membership.upsert({
    where: { userId_workspaceId: { userId, workspaceId } },
    create: { userId, workspaceId, role },
    update: { role },
  });
}

export async function deleteMembership(db: Rows, workspaceId: string, userId: string): Promise<void> {
  await db.membership.deleteMany({ where: { workspaceId, userId } });
}

export type Member = { userId: string; email: string; name: string; role: Role; since: Date };

export async function membersOf(db: Rows, workspaceId: string): Promise<Member[]> {
  const rows = await db.membership.findMany({
    where: { workspaceId },
    include: { user: { select: { email: true, name: true } } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ userId, user, role, createdAt }) => ({
    userId,
    email: user.email,
    name: user.name,
    role: asRole(role),
    since: createdAt,
  }));
}

export type WorkspaceOfPerson = { slug: string; name: string; role: Role };

export async function workspacesOf(db: Rows, userId: string): Promise<WorkspaceOfPerson[]> {
  const rows = await db.membership.findMany({
    where: { userId },
    include: { workspace: { select: workspaceFields } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ workspace, role }) => ({
    slug: workspace.slug,
    name: workspace.name,
    role: asRole(role),
  }));
}

export type NewInvitation = {
  workspaceId: string;
  email: string;
  role: Role;
  tokenHash: string;
  invitedBy: string;
  expiresAt: Date;
};

export const insertInvitation = (db: Rows, invitation: NewInvitation): Promise<{ id: string }> =>
  db.invitation.create({ data: invitation, select: { id: true } });

export type OpenInvitation = { id: string; email: string; role: Role; createdAt: Date; expiresAt: Date };

/** Invitations that can still be accepted, newest first. */
export async function openInvitations(db: Rows, workspaceId: string, now: Date): Promise<OpenInvitation[]> {
  const rows = await db.invitation.findMany({
    where: { workspaceId, acceptedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ id, email, role, createdAt, expiresAt }) => ({
    id,
    email,
    role: asRole(role),
    createdAt,
    expiresAt,
  }));
}

/** Deletes an invitation that nobody accepted; null where there is none. */
export async function deleteInvitation(
  db: Rows,
  workspaceId: string,
  id: string,
): Promise<{ email: string } | null> {
  const row = await db.invitation.findFirst({ where: { id, workspaceId, acceptedAt: null } });
  if (row === null) return null;
  const { count } = await db.invitation.deleteMany({ where: { id, workspaceId, acceptedAt: null } });
  return count === 0 ? null : { email: row.email };
}

export type FoundInvitation = {
  id: string;
  workspaceId: string;
  email: string;
  role: Role;
  expiresAt: Date;
  acceptedAt: Date | null;
};

const asFound = (row: Omit<FoundInvitation, "role"> & { role: string }): FoundInvitation => ({
  ...row,
  role: asRole(row.role),
});

export async function invitationByHash(db: Rows, tokenHash: string): Promise<FoundInvitation | null> {
  const row = await db.invitation.findUnique({ where: { tokenHash } });
  return row === null ? null : asFound(row);
}

export async function openInvitationsFor(db: Rows, email: string, now: Date): Promise<FoundInvitation[]> {
  const rows = await db.invitation.findMany({ where: { email, acceptedAt: null, expiresAt: { gt: now } } });
  return rows.map(asFound);
}

/** True for the one caller that takes the invitation. */
export async function takeInvitation(db: Rows, id: string, now: Date): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { id, acceptedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now },
  });
  return count === 1;
}

export const workspaceById = (db: Rows, id: string): Promise<WorkspaceRow | null> =>
  db.workspace.findUnique({ where: { id }, select: workspaceFields });

export type NewToken = {
  workspaceId: string;
  name: string;
  role: Role;
  tokenHash: string;
  prefix: string;
  createdBy: string;
};

export const insertToken = (db: Rows, token: NewToken): Promise<{ id: string }> =>
  db.apiToken.create({ data: token, select: { id: true } });

export type ApiTokenView = {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
};

/** Tokens that are not revoked, newest first. */
export async function tokensOf(db: Rows, workspaceId: string): Promise<ApiTokenView[]> {
  const rows = await db.apiToken.findMany({
    where: { workspaceId, revokedAt: null },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ id, name, role, prefix, createdAt, lastUsedAt }) => ({
    id,
    name,
    role: asRole(role),
    prefix,
    createdAt,
    lastUsedAt,
  }));
}

export async function revokeTokenRow(db: Rows, workspaceId: string, id: string, now: Date): Promise<boolean> {
  const { count } = await db.apiToken.updateMany({
    where: { id, workspaceId, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1;
}

export async function liveTokenByHash(db: Rows, tokenHash: string) {
  const row = await db.apiToken.findUnique({ where: { tokenHash } });
  if (row === null || row.revokedAt !== null) return null;
  return {
    id: row.id,
    name: row.name,
    role: asRole(row.role),
    workspaceId: row.workspaceId,
    lastUsedAt: row.lastUsedAt,
  };
}

export async function touchToken(db: Rows, id: string, now: Date): Promise<void> {
  await db.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
}

export type AuditRecord = {
  workspaceId: string | null;
  actor: string;
  actorName: string;
  action: string;
  target: string;
  detail: Prisma.InputJsonObject;
};

export async function insertAudit(db: Rows, entry: AuditRecord): Promise<void> {
  await db.auditEntry.create({ data: entry });
}

/** Entries below `before` (an id), newest first. */
export const auditPage = (db: Rows, workspaceId: string, before: bigint | null, limit: number) =>
  db.auditEntry.findMany({
    where: { workspaceId, ...(before === null ? {} : { id: { lt: before } }) },
    orderBy: { id: "desc" },
    take: limit,
  });
