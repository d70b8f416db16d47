import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { createPrismaClient, type PrismaClient } from "./client";

const MIGRATIONS = join(import.meta.dirname, "../../prisma/migrations");

/** Each file goes to the server whole: a function's body holds semicolons of its own. */
async function migrate(databaseUrl: string): Promise<void> {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const { name } of folders.sort((a, b) => a.name.localeCompare(b.name))) {
      await client.query(readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8"));
    }
  } finally {
    await client.end();
  }
}

/** For tests: a migrated database of its own on the server of `serverUrl`, gone after `drop`. */
export async function scratchDatabase(
  serverUrl: string,
): Promise<{ db: PrismaClient; url: string; drop(): Promise<void> }> {
  const name = `scratch_${randomUUID().replaceAll("-", "")}`;
  const server = createPrismaClient(serverUrl);
  await server.$executeRawUnsafe(`CREATE DATABASE "${name}"`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const db = createPrismaClient(url.href);
  await migrate(url.href);
  return {
    db,
    url: url.href,
    async drop() {
      await db.$disconnect();
      await server.$executeRawUnsafe(`DROP DATABASE "${name}" WITH (FORCE)`);
      await server.$disconnect();
    },
  };
}
