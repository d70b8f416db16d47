import type { Prisma, PrismaClient } from "../db/client";
import type { CatalogStore } from "./catalogs/catalog-store";
import type { QueryStore } from "./query-store";
import { catalogRows } from "./rows/catalog-rows";
import { runRows } from "./rows/run-rows";
import { savedRows } from "./rows/saved-rows";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export type Json = Prisma.InputJsonValue;
export type QueryRunRow = Prisma.QueryRunGetPayload<object>;

/** Catalog documents in the app's database. */
export const prismaCatalogStore = (db: Db): CatalogStore => catalogRows(db);

/** Runs of statements and saved queries in the app's database. */
export const prismaQueryStore = (db: Db): QueryStore => ({ ...runRows(db), ...savedRows(db) });
