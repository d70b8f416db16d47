import type { ArchivedPipeline, ArchiveStore } from "./archive-store";

/** The archive of a test: what the Prisma one does, in this process. */
export function memoryArchive(): ArchiveStore {
  const marks = new Map<string, ArchivedPipeline & { workspaceId: string }>();
  const keyOf = (workspaceId: string, pipelineId: string) => `${workspaceId} ${pipelineId}`;
  return {
    archived: async (workspaceId) =>
      [...marks.values()]
        .filter((each) => each.workspaceId === workspaceId)
        .map(({ pipelineId, by, at }) => ({ pipelineId, by, at }))
        .sort((a, b) => b.at.getTime() - a.at.getTime() || a.pipelineId.localeCompare(b.pipelineId)),
    archiveMark: async (...place) => marks.get(keyOf(...place)) ?? null,
    setArchived: async (workspaceId, pipelineId, { by, at }) => {
      const key = keyOf(workspaceId, pipelineId);
      if (by === null) return marks.delete(key);
      if (marks.has(key)) return false;
      marks.set(key, { workspaceId, pipelineId, by, at });
      return true;
    },
  };
}
