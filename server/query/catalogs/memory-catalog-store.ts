import { Failure } from "../../../domain/shared/failure";
import type { CatalogStore, StoredCatalog } from "./catalog-store";

/** A store in this process, for tests. */
export function memoryCatalogStore(): CatalogStore {
  const kept = new Map<string, StoredCatalog>();
  const keyOf = (workspaceId: string, name: string) => JSON.stringify([workspaceId, name]);
  return {
    catalogs: async (workspaceId) =>
      [...kept]
        .filter(([key]) => (JSON.parse(key) as string[])[0] === workspaceId)
        .map(([, stored]) => structuredClone(stored))
        .sort((a, b) => (a.document.name < b.document.name ? -1 : 1)),
    async saveCatalog({ workspaceId, document, expectedVersion, updatedBy, at }) {
      const key = keyOf(workspaceId, document.name);
      const version = kept.get(key)?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) {
        throw new Failure("conflict", `The catalog ${document.name} was saved by somebody else meanwhile.`);
      }
      const stored = { document, version: version + 1, updatedAt: at, updatedBy };
      kept.set(key, structuredClone(stored));
      return stored;
    },
    removeCatalog: async (workspaceId, name) => kept.delete(keyOf(workspaceId, name)),
  };
}
