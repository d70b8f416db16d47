import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";

export type { Prisma } from "./generated/client";
export type { PrismaClient };

/** A client of the app's own database. It connects with its first query; `$disconnect` ends it. */
export function createPrismaClient(databaseUrl: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl }),
    // A busy laptop may take longer than Prisma's two seconds for a connection and five for the work.
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
}
