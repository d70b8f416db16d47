import type { PrismaClient } from "../db/client";

export type Db = PrismaClient;

/** Stores the query as its first version unless there is one of this name: a person may have changed it. */
export async function insertSavedQueryIfAbsent(
  db: Db,
  workspaceId: string,
  name: string,
  sql: string,
  createdBy: string,
): Promise<void> {
  const query = { workspaceId, name, dialect: "duckdb", sql, version: 1 };
  await db.$transaction(async (tx) => {
    const { count } = await tx.savedQueryVersion.createMany({
      data: [{ ...query, createdBy }],
      skipDuplicates: true,
    });
    if (count === 1) await tx.savedQuery.createMany({ data: [query], skipDuplicates: true });
  });
}

/** Who saved the newest version of this code, or null. */
export async function newestCodeAuthor(db: Db, workspaceId: string, name: string): Promise<string | null> {
  const row = await db.codePackage.findFirst({
    where: { workspaceId, name },
    orderBy: { createdAt: "desc" },
    select: { createdBy: true },
  });
  return row?.createdBy ?? null;
}

/** Who saved the newest version of this pipeline, drafts too, or null. */
export async function newestPipelineAuthor(
  db: Db,
  workspaceId: string,
  pipelineId: string,
): Promise<string | null> {
  const row = await db.pipelineVersion.findFirst({
    where: { workspaceId, pipelineId },
    orderBy: { version: "desc" },
    select: { createdBy: true },
  });
  return row?.createdBy ?? null;
}
