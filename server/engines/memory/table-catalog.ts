import type { CatalogTable, TableCatalog } from "../../../domain/ports/table-catalog";
import { parseTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";

export type MemoryTableCatalog = TableCatalog & {
  /** Stands in for the writing of a staged file. */
  write(path: string): void;
};

/** A catalog in this process. Where `checksFiles` is false, `commit` does not ask whether a file was written. */
export function memoryTableCatalog({ checksFiles = false } = {}): MemoryTableCatalog {
  const versions: (CatalogTable & { workspaceId: string; key: string })[] = [];
  const written = new Set<string>();
  const pathOf = (workspaceId: string, name: string, key: string) => {
    parseTableName(name);
    return `/memory/${workspaceId}/${name}/${encodeURIComponent(key)}.parquet`;
  };
  const ofTable = (workspaceId: string, name: string) =>
    versions.filter((it) => it.workspaceId === workspaceId && it.name === name);
  const shown = (held: (typeof versions)[number]): CatalogTable => {
    const { workspaceId: _workspace, key: _key, ...table } = held;
    return table;
  };

  return {
    write: (path) => void written.add(path),

    async list(workspaceId) {
      const names = new Set(versions.filter((it) => it.workspaceId === workspaceId).map((it) => it.name));
      return [...names].sort().flatMap((name) => ofTable(workspaceId, name).slice(-1).map(shown));
    },

    async find(workspaceId, name) {
      const last = ofTable(workspaceId, name).at(-1);
      return last === undefined ? null : shown(last);
    },

    async stage(workspaceId, name, idempotencyKey) {
      return pathOf(workspaceId, name, idempotencyKey);
    },

    async commit(workspaceId, { idempotencyKey: key, ...commit }) {
      const earlier = ofTable(workspaceId, commit.name);
      const same = earlier.find((it) => it.key === key);
      if (same !== undefined) return shown(same);
      const path = pathOf(workspaceId, commit.name, key);
      if (checksFiles && !written.has(path)) {
        throw new Failure("not_found", `Nothing was written for ${commit.name}.`);
      }
      const table = { ...commit, uris: [path], version: earlier.length + 1, committedAt: new Date() };
      versions.push({ ...table, workspaceId, key });
      return table;
    },
  };
}
