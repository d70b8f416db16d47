import type { PrismaClient } from "../db/client";

export type Db = PrismaClient;

export type CodePackageView = {
  name: string;
  contentHash: string;
  files: string[];
  bytes: number;
  createdBy: string;
  createdAt: Date;
};

/** Stores a version unless it is there, and makes it the newest; false where it was the newest already. */
export async function putCodePackage(
  db: Db,
  row: {
    workspaceId: string;
    name: string;
    contentHash: string;
    bytes: Uint8Array;
    files: string[];
    createdBy: string;
    createdAt: Date;
  },
): Promise<boolean> {
  const { workspaceId, name, contentHash, createdAt } = row;
  const newest = await db.codePackage.findFirst({
    where: { workspaceId, name },
    orderBy: { createdAt: "desc" },
    select: { contentHash: true },
  });
  if (newest?.contentHash === contentHash) return false;
  const bytes = new Uint8Array(row.bytes);
  await db.codePackage.upsert({
    where: { workspaceId_name_contentHash: { workspaceId, name, contentHash } },
    create: { ...row, bytes },
    update: { createdAt },
  });
  return true;
}

/** Newest versions, by name. */
export async function newestCodePackages(db: Db, workspaceId: string): Promise<CodePackageView[]> {
  const rows = await db.$queryRaw<CodePackageView[]>`
    SELECT DISTINCT ON ("name") "name", "contentHash", "files", length("bytes")::int AS "bytes", "createdBy", "createdAt"
    FROM "CodePackage" WHERE "workspaceId" = ${workspaceId} ORDER BY "name", "createdAt" DESC`;
  return rows;
}
