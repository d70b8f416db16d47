import type { DescribedDatabase } from "./database-catalog";
import type { ForeignCatalog } from "./statement-engine";

/**
 * Catalogs that a shared engine holds for workspaces, each under its physical name.
 *
 * Failures: those of StatementEngine.
 */
export interface ForeignCatalogs {
  /** Tables and columns of a catalog; it is made where it is not there. */
  describe(
    catalog: ForeignCatalog,
    workspaceId: string,
    options: { timeoutMs: number; signal?: AbortSignal },
  ): Promise<Pick<DescribedDatabase, "tables">>;
  /** Drops the workspace's catalogs but those to keep; returns the physical names of what went. */
  prune(workspaceId: string, keep: readonly string[]): Promise<string[]>;
}
