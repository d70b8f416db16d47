import { CatalogDocument } from "../../../domain/query/catalog-document";
import { Failure } from "../../../domain/shared/failure";
import type { CatalogStore, StoredCatalog } from "../catalogs/catalog-store";
import type { Db, Json } from "../store";
import { serialised } from "./serialised";

type Row = { document: unknown; version: number; updatedAt: Date; updatedBy: string };

const toStored = ({ document, version, updatedAt, updatedBy }: Row): StoredCatalog => ({
  document: CatalogDocument.parse(document),
  version,
  updatedAt,
  updatedBy,
});

export const catalogRows = (db: Db): CatalogStore => ({
  catalogs: async (workspaceId) =>
    (await db.queryCatalog.findMany({ where: { workspaceId }, orderBy: { name: "asc" } })).map(toStored),

  saveCatalog: ({ workspaceId, document, expectedVersion, updatedBy, at }) =>
    serialised(db, `catalog ${workspaceId} ${document.name}`, async (tx) => {
      const key = { workspaceId, name: document.name };
      const held = await tx.queryCatalog.findUnique({ where: { workspaceId_name: key } });
      const last = held?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== last)
        throw new Failure(
          "conflict",
          `${document.name} is at version ${last}${held === null ? "" : `, saved by ${held.updatedBy}`}, not ${expectedVersion}.`,
          { hint: "Look at that version, then save yours on top of it." },
        );
      const now = { document: document as Json, version: last + 1, updatedBy, updatedAt: at };
      const row = await tx.queryCatalog.upsert({
        where: { workspaceId_name: key },
        create: { ...key, ...now },
        update: now,
      });
      return toStored(row);
    }),

  removeCatalog: async (workspaceId, name) =>
    (await db.queryCatalog.deleteMany({ where: { workspaceId, name } })).count === 1,
});
