import type { LakeVersion, LakeVersionStore } from "./lake-version";

/** Versions kept in this process alone, for tests. */
export function memoryLakeVersionStore(now: () => Date = () => new Date()): LakeVersionStore {
  const versions: LakeVersion[] = [];
  const ofTable = (workspaceId: string, name: string) =>
    versions.filter((version) => version.workspaceId === workspaceId && version.name === name);

  return {
    async current(workspaceId) {
      const names = new Set(versions.filter((it) => it.workspaceId === workspaceId).map((it) => it.name));
      return [...names].sort().flatMap((name) => ofTable(workspaceId, name).at(-1) ?? []);
    },
    async find(workspaceId, name) {
      return ofTable(workspaceId, name).at(-1) ?? null;
    },
    async append(version) {
      const earlier = ofTable(version.workspaceId, version.name);
      const same = earlier.find((it) => it.idempotencyKey === version.idempotencyKey);
      if (same !== undefined) return same;
      const appended = { ...version, version: earlier.length + 1, committedAt: now() };
      versions.push(appended);
      return appended;
    },
  };
}
