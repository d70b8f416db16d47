import type { Prisma, PrismaClient } from "../db/client";
import type { CatalogStore } from "./catalogs/catalog-store";
import { catalogRows } from "./rows/catalog-rows";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export type Json = Prisma.InputJsonValue;

/** Catalog documents in the app's database. */
export const prismaCatalogStore = (db: Db): CatalogStore => catalogRows(db);
