import path from "node:path";
import { root } from "./folders.mjs";
import { supervised } from "./supervised.mjs";

/**
 * The databases of an instance: those of `DATABASE_URL`, or an embedded server. Starts what is needed, applies the
 * migrations, and returns `{ urls, version, isEmbedded, program? }`; call after the packages are installed.
 */
export async function openDatabases(folders, ports, { onExit = () => {}, onServer = () => {} } = {}) {
  if (process.env.DATABASE_URL) {
    const { externalDatabases } = await import("./databases.mjs");
    return { ...(await externalDatabases(process.env)), isEmbedded: false };
  }
  const { embeddedPostgres } = await import("./postgres.mjs");
  const server = embeddedPostgres(folders, ports);
  await server.stopSurvivor();
  await server.prepare();
  let died;
  const program = supervised({
    name: "postgres",
    logs: folders.logs,
    launch: server.launch,
    signal: "SIGINT",
    onExit(reason) {
      died = reason;
      onExit(reason);
    },
  });
  onServer(program);
  await program.start();
  try {
    return { urls: server.urls, version: await server.ready(), isEmbedded: true, program, ready: server.ready };
  } catch (error) {
    if (died !== undefined) error.message = `PostgreSQL ${died}; ${error.message}`;
    throw error;
  }
}

/** Brings the app's database to the state that this version's code expects; returns the names of what was applied. */
export async function applyMigrations(urls) {
  const { migrate } = await import("./migrate.mjs");
  return migrate(urls.app, path.join(root, "prisma/migrations"));
}
