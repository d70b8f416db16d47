import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { freePort } from "./free-port.mjs";
import { root } from "./instance.mjs";
import { startProcess, until } from "./processes.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

/** The built web server on the migrated database at `databaseUrl`, with no worker that would carry its runs: { url, stop }. */
export async function startWebAlone(databaseUrl) {
  const folder = await temporaryFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const next = join(root, "node_modules/next/dist/bin/next");
  const web = startProcess(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: root,
    env: {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      BENCHWRIGHT_DATA: folder.path,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DBOS_DATABASE_URL: databaseUrl,
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      SECRET_BOX_KEY: randomBytes(32).toString("base64"),
    },
  });
  await until("an answer of the web server", 120_000, async () => ((await fetch(url)).ok ? true : undefined));
  return {
    url,
    async stop() {
      await web.stop();
      await folder.remove();
    },
  };
}
