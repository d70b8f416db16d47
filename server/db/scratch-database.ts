import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createPrismaClient, type PrismaClient } from "./client";

const MIGRATIONS = join(import.meta.dirname, "../../prisma/migrations");

/** The statements of a migration. One ends with a semicolon at the end of a line, outside of a function's body. */
function statementsOf(sql: string): string[] {
  const statements: string[] = [];
  let open = "";
  for (const part of sql.split(/(?<=;)\s*\n/)) {
    open += `${part}\n`;
    if (open.split("$$").length % 2 === 0) continue;
    if (open.trim() !== "") statements.push(open);
    open = "";
  }
  return statements;
}

async function migrate(db: PrismaClient): Promise<void> {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders.sort((a, b) => a.name.localeCompare(b.name))) {
    const sql = readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8");
    for (const statement of statementsOf(sql)) await db.$executeRawUnsafe(statement);
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
  await migrate(db);
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
