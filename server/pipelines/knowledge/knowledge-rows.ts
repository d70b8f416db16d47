import type { Db } from "../../workspaces/index";
import type { KnowledgeStore } from "./knowledge-store";

/** Names out of the app's database. */
export const prismaKnowledgeStore = (db: Db): KnowledgeStore => ({
  named: async (workspaceId, pipelineId) => {
    const name = { name: true } as const;
    const [connections, savedQueries, secrets, codePackages, pipelines, notificationTargets, success] =
      await Promise.all([
        db.connection.findMany({ where: { workspaceId, deletedAt: null }, select: name }),
        db.savedQuery.findMany({
          where: { workspaceId },
          select: { name: true, sql: true, updatedAt: true },
        }),
        db.workspaceSecret.findMany({ where: { workspaceId }, select: name }),
        db.codePackage.findMany({
          where: { workspaceId },
          orderBy: [{ name: "asc" }, { createdAt: "desc" }],
          distinct: ["name"],
          select: { name: true, files: true, createdAt: true },
        }),
        db.pipeline.findMany({
          where: { workspaceId, activeVersion: { not: null } },
          select: { pipelineId: true },
        }),
        db.notificationTarget.findMany({ where: { workspaceId }, select: { channel: true, name: true } }),
        pipelineId === null
          ? null
          : db.run.findFirst({
              where: { workspaceId, pipelineId, status: "succeeded" },
              orderBy: { number: "desc" },
              select: { startedAt: true },
            }),
      ]);
    return {
      connections: connections.map((row) => row.name),
      savedQueries,
      secrets: secrets.map((row) => row.name),
      codePackages,
      pipelines: pipelines.map((row) => row.pipelineId),
      notificationTargets,
      lastSuccessAt: success?.startedAt ?? null,
    };
  },
});
