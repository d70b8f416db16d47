import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";

export type { Prisma } from "./generated/client";
export type { PrismaClient };

/** A statement that begins with such a comment is read and planned once a connection. Each has a name of its own. */
const PREPARED = /^\s*\/\* prepared: ([\w-]+) \*\//;

/** Without a name nothing of a statement is kept. */
const nameOf = ({ sql }: { sql: string }): string => PREPARED.exec(sql)?.[1] ?? "";

/** A client of the app's own database. It connects with its first query; `$disconnect` ends it. */
export function createPrismaClient(databaseUrl: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: databaseUrl }, { statementNameGenerator: nameOf }),
    // A busy laptop may take longer than Prisma's two seconds for a connection and five for the work.
    transactionOptions: { maxWait: 10_000, timeout: 20_000 },
  });
}
