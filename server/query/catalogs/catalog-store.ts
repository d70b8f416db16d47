import type { CatalogDocument } from "../../../domain/query/catalog-document";

export type StoredCatalog = {
  document: CatalogDocument;
  /** Counts the saves from 1. */
  version: number;
  updatedAt: Date;
  updatedBy: string;
};

/** The catalog documents of workspaces. */
export interface CatalogStore {
  /** By name. */
  catalogs(workspaceId: string): Promise<StoredCatalog[]>;
  /**
   * Stores the document under its name; `expectedVersion` is the version that the author saw, 0 for none, undefined for
   * whatever there is. Failures: `conflict` where it is another.
   */
  saveCatalog(entry: {
    workspaceId: string;
    document: CatalogDocument;
    expectedVersion: number | undefined;
    updatedBy: string;
    at: Date;
  }): Promise<StoredCatalog>;
  /** False where there is none. */
  removeCatalog(workspaceId: string, name: string): Promise<boolean>;
}
