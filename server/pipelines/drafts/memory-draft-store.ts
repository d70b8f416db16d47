import type { DraftStore, PipelineHead, Present, StoredVersion } from "./draft-store";

/** The drafts of a test: what the Prisma ones do, in this process. */
export function memoryDraftStore(): DraftStore {
  const heads = new Map<string, PipelineHead>();
  const versions = new Map<string, StoredVersion[]>();
  const pages = new Map<string, Map<string, Present>>();
  const keyOf = ({ workspaceId, pipelineId }: { workspaceId: string; pipelineId: string }) =>
    `${workspaceId} ${pipelineId}`;
  const versionsOf = (key: string) => versions.get(key) ?? [];
  const pagesOf = (key: string) => pages.get(key) ?? new Map<string, Present>();
  const change = (key: string, baseRevision: number, next: (head: PipelineHead) => Partial<PipelineHead>) => {
    const head = heads.get(key);
    if (head?.revision !== baseRevision) return null;
    heads.set(key, { ...head, ...next(head), revision: baseRevision + 1 });
    return { revision: baseRevision + 1 };
  };
  return {
    head: async (workspaceId, pipelineId) => heads.get(keyOf({ workspaceId, pipelineId })) ?? null,
    create: async ({ text, by, at, ...place }) => {
      if (heads.has(keyOf(place))) return false;
      const draft = { text, of: null, by, at };
      heads.set(keyOf(place), { activeVersion: null, revision: 1, draft, archived: null });
      return true;
    },
    drafts: async (workspaceId) =>
      [...heads]
        .filter(([key]) => key.startsWith(`${workspaceId} `))
        .flatMap(([key, { draft, activeVersion }]) =>
          draft === null
            ? []
            : [{ pipelineId: key.slice(workspaceId.length + 1), activeVersion, by: draft.by, at: draft.at }],
        )
        .sort((a, b) => b.at.getTime() - a.at.getTime() || a.pipelineId.localeCompare(b.pipelineId)),
    saveDraft: async ({ text, baseRevision, by, at, of, ...place }) =>
      change(keyOf(place), baseRevision, (head) => ({
        draft: { text, of: of === undefined ? (head.draft?.of ?? head.activeVersion) : of, by, at },
      })),
    discardDraft: async ({ baseRevision, ...place }) =>
      change(keyOf(place), baseRevision, () => ({ draft: null })),
    activate: async ({ baseRevision, text, document, note, restoredFrom, by, at, ...place }) => {
      const key = keyOf(place);
      const version = versionsOf(key).length + 1;
      const written = change(key, baseRevision, () => ({ draft: null, activeVersion: version }));
      if (written === null) return null;
      const row = { version, text, document, note, restoredFrom, createdBy: by, createdAt: at };
      versions.set(key, [...versionsOf(key), row]);
      return { version, ...written };
    },
    versions: async (place, { before = Number.POSITIVE_INFINITY, limit }) =>
      versionsOf(keyOf(place))
        .filter((each) => each.version < before)
        .reverse()
        .slice(0, limit),
    version: async (place, version) =>
      versionsOf(keyOf(place)).find((each) => each.version === version) ?? null,
    seen: async (place, page, until) => {
      const open = pagesOf(keyOf(place)).set(page.sessionId, page);
      for (const [id, each] of open) if (each.seenAt < until) open.delete(id);
      pages.set(keyOf(place), open);
    },
    left: async (place, sessionId) => void pagesOf(keyOf(place)).delete(sessionId),
    present: async (place, since) =>
      [...pagesOf(keyOf(place)).values()]
        .filter((each) => each.seenAt >= since)
        .sort((a, b) => a.name.localeCompare(b.name) || a.sessionId.localeCompare(b.sessionId)),
  };
}
