import type { DatabaseCatalog } from "../../../domain/ports/database-catalog";
import type { ForeignCatalogs } from "../../../domain/ports/foreign-catalogs";
import type { PostgresAddress } from "../../../domain/query/postgres-address";
import type { SourceStore } from "../../sources/index";
import type { WorkspaceScope } from "../../workspaces/index";
import type { CatalogStore } from "../catalogs/catalog-store";

/** What the verbs that reach databases in place need. */
export type AttachmentScope = WorkspaceScope<{
  sources: Pick<SourceStore, "connections">;
  queryCatalogs: Pick<CatalogStore, "catalogs">;
  databaseCatalog: DatabaseCatalog;
  /** Null where Trino is not offered. */
  foreignCatalogs: ForeignCatalogs | null;
  /** The values of these secrets of the workspace. Failures: `invalid_input` where one is not set. */
  openSecrets(workspaceId: string, names: readonly string[]): Promise<Map<string, string>>;
}>;

/** A database that statements of the workspace may read, by one of its names. No secret is open in it. */
export type Attachment = {
  /** As statements spell it. */
  catalog: string;
  /** The connection or catalog document that it stems from. */
  source: string;
} & (
  | { kind: "postgres"; address: PostgresAddress }
  /** Trino alone reads it. */
  | { kind: "foreign"; connector: string; properties: Record<string, string> }
);

/** Why a connection or a catalog document cannot be read by statements, or not under a name. */
export type AttachmentProblem = { catalog: string; source: string; message: string };

export type Attachments = { attachments: Attachment[]; problems: AttachmentProblem[] };
