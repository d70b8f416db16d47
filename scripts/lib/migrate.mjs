import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { Problem } from "./problem.mjs";

/** The lock that Prisma's own `migrate deploy` takes. */
const ADVISORY_LOCK = 72_707_369;
const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** The migrations of a folder in the order of their names. */
export function readMigrations(folder) {
  const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "migration.sql")));
  return names.sort().map((name) => {
    const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
  });
}

/**
 * Which migrations are still to be applied. Refuses a history that does not match: one changed after it was applied, one
 * that failed half-way under another tool, or a database of a newer version.
 */
export function pendingMigrations(migrations, applied) {
  const standing = applied.filter((row) => row.rolled_back_at === null);
  const byName = new Map(standing.map((row) => [row.migration_name, row]));
  for (const row of standing) {
    const migration = migrations.find(({ name }) => name === row.migration_name);
    if (migration === undefined) {
      throw new Problem(`The database holds the migration ${row.migration_name}, which this version of Benchwright does not know; use a newer version.`);
    }
    if (row.finished_at === null) throw new Problem(`The migration ${row.migration_name} failed half-way earlier; restore the database or mend it by hand.`);
    if (migration.checksum !== row.checksum) {
      throw new Problem(`The migration ${row.migration_name} was changed after it was applied; restore its file and add a new migration instead.`);
    }
  }
  return migrations.filter(({ name }) => !byName.has(name));
}

/** Applies what is pending, each migration in a transaction of its own, and returns their names. Two at once wait for each other. */
export async function migrate(databaseUrl, folder) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK]);
    await client.query(LEDGER);
    const applied = await client.query("SELECT * FROM _prisma_migrations ORDER BY started_at");
    const pending = pendingMigrations(readMigrations(folder), applied.rows);
    for (const migration of pending) await applyMigration(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function applyMigration(client, { name, sql, checksum }) {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)",
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Problem(`The migration ${name} failed and was undone: ${error.message}.`);
  }
}
