import type { Prisma, PrismaClient } from "../db/client";
import { connectionRows } from "./rows/connection-rows";
import { ledgerRows } from "./rows/ledger-rows";
import { operationRows } from "./rows/operation-rows";
import { syncRows } from "./rows/sync-rows";
import type { SourceStore } from "./source-store";
import type { SyncStore } from "./sync-store";

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;
export type Json = Prisma.InputJsonValue;

/** Connections, operations and specs in the app's database. */
export const prismaSourceStore = (db: Db): SourceStore => ({ ...connectionRows(db), ...operationRows(db) });

/** Syncs in the app's database. */
export const prismaSyncStore = (db: Db): SyncStore => ({ ...ledgerRows(db), ...syncRows(db) });
