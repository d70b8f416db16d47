import type { QueryStore, SavedVersion, StoredRun } from "./query-store";
import { nextVersion } from "./saved/next-version";

const newestFirst = (a: StoredRun, b: StoredRun) =>
  b.createdAt.getTime() - a.createdAt.getTime() || b.id.localeCompare(a.id);

/** A store in this process, for tests. */
export function memoryQueryStore(): QueryStore {
  const runs = new Map<string, StoredRun>();
  const versions: (SavedVersion & { workspaceId: string })[] = [];
  const current = new Map<string, number>();

  const of = (workspaceId: string, name: string) =>
    versions
      .filter((each) => each.workspaceId === workspaceId && each.name === name)
      .sort((a, b) => b.version - a.version);
  const keyOf = (workspaceId: string, name: string) => JSON.stringify([workspaceId, name]);
  const bare = ({ workspaceId: _workspace, ...version }: (typeof versions)[number]): SavedVersion =>
    structuredClone(version);
  const shown = (run: StoredRun): StoredRun => ({
    ...structuredClone(run),
    progressShare: run.status === "succeeded" ? 1 : null,
    elapsedMs: run.endedAt === null ? 0 : run.endedAt.getTime() - (run.startedAt ?? run.createdAt).getTime(),
  });

  return {
    insertRun: async (run) => void runs.set(run.id, structuredClone(run)),
    changeRun: async (id, change) => {
      const run = runs.get(id);
      if (run !== undefined) runs.set(id, { ...run, ...structuredClone(change) });
    },
    run: async (workspaceId, id) => {
      const run = runs.get(id);
      return run?.workspaceId === workspaceId ? shown(run) : null;
    },
    runs: async (workspaceId, { createdById, search = "", status, engine, limit, before }) =>
      [...runs.values()]
        .filter(
          (run) =>
            run.workspaceId === workspaceId &&
            (createdById === undefined || run.createdById === createdById) &&
            run.sql.toLowerCase().includes(search.toLowerCase()) &&
            (status === undefined || run.status === status) &&
            (engine === undefined || run.placement.engine === engine) &&
            (before === undefined || newestFirst({ ...run, ...before }, run) < 0),
        )
        .sort(newestFirst)
        .slice(0, limit)
        .map((run) => ({ ...shown(run), columns: null, translated: null })),
    unfinishedRuns: async () =>
      [...runs.values()].filter(({ status }) => status === "queued" || status === "running").map(shown),
    keptResults: async () =>
      [...runs.values()]
        .flatMap(({ id, workspaceId, bytes, endedAt, resultKept }) =>
          resultKept && endedAt !== null ? [{ id, workspaceId, bytes, endedAt }] : [],
        )
        .sort((a, b) => a.endedAt.getTime() - b.endedAt.getTime()),

    savedQueries: async (workspaceId) =>
      versions
        .filter(
          (each) =>
            each.workspaceId === workspaceId && current.get(keyOf(workspaceId, each.name)) === each.version,
        )
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(bare),
    currentVersion: async (workspaceId, name) => current.get(keyOf(workspaceId, name)) ?? null,
    savedVersion: async (workspaceId, name, version) => {
      const found = of(workspaceId, name).find((each) => each.version === version);
      return found === undefined ? null : bare(found);
    },
    savedVersions: async (workspaceId, name) => of(workspaceId, name).map(bare),
    saveVersion: async ({ workspaceId, name, content, expectedVersion, by, at }) => {
      const [newest = null] = of(workspaceId, name);
      const state = { current: current.get(keyOf(workspaceId, name)) ?? null, newest };
      const version = nextVersion(name, state, content, expectedVersion);
      if (version === null) return { version: newest?.version ?? 0, isNew: false };
      versions.push({
        ...structuredClone(content),
        workspaceId,
        name,
        version,
        createdBy: by,
        createdAt: at,
      });
      current.set(keyOf(workspaceId, name), version);
      return { version, isNew: true };
    },
    removeSaved: async (workspaceId, name) => current.delete(keyOf(workspaceId, name)),
  };
}
