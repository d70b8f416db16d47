import { z } from "zod";
import { CatalogDocument } from "../../../domain/query/catalog-document";
import type { Rows } from "../../workspaces/index";
import type { AttachmentScope } from "../attachments/attachment-scope";
import type { CatalogStore, StoredCatalog } from "./catalog-store";

/** What the verbs for catalog documents need. */
export type CatalogScope = Omit<AttachmentScope, "queryCatalogs"> & {
  queryCatalogs: CatalogStore;
  /** For the audit log. */
  db: Rows;
};

export const CatalogView = z.object({
  name: z.string(),
  connector: z.string(),
  document: CatalogDocument,
  version: z.int(),
  updatedAt: z.date(),
  updatedBy: z.string(),
});
export type CatalogView = z.infer<typeof CatalogView>;

export const toCatalogView = ({ document, ...rest }: StoredCatalog): CatalogView => ({
  name: document.name,
  connector: document.connector,
  document,
  ...rest,
});
