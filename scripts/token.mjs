// Makes an API token from the command line: `npm run token -- --workspace sample --role engineer [--name nightly]`.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { appEnvironment } from "./lib/app-environment.mjs";
import { buildOnce } from "./lib/build.mjs";
import { applyMigrations, openDatabases } from "./lib/database-server.mjs";
import { lockHolder, tryLock } from "./lib/file-lock.mjs";
import { dataFolders, root } from "./lib/folders.mjs";
import { installPackages } from "./lib/packages.mjs";
import { enginePorts, readJson } from "./lib/ports.mjs";
import { Problem, report } from "./lib/problem.mjs";

/** Runs the work on the databases of the data folder, whether Benchwright runs on it now or not. */
async function withDatabases(folders, work) {
  const lockFile = path.join(folders.run, "supervisor.lock");
  const lock = tryLock(lockFile);
  if (lock === undefined) {
    if (process.env.DATABASE_URL) return work((await openDatabases(folders)).urls);
    const ports = readJson(path.join(folders.run, "ports.json"));
    if (lockHolder(lockFile) === undefined || ports === undefined) throw new Problem("Benchwright is just starting; try again in a moment.");
    const { embeddedUrls } = await import("./lib/postgres.mjs");
    return work(embeddedUrls(folders, ports));
  }
  let program;
  const onServer = (server) => {
    program = server;
  };
  try {
    const { urls } = await openDatabases(folders, await enginePorts(folders), { onServer });
    await applyMigrations(urls);
    return await work(urls);
  } finally {
    await program?.stop(5000);
    lock.release();
  }
}

try {
  const folders = dataFolders();
  await installPackages();
  await buildOnce();
  const port = readJson(path.join(folders.run, "web.json"))?.port ?? 3000;
  process.exitCode = await withDatabases(folders, async (urls) => {
    const env = appEnvironment({ folders, urls, port, instance: { BENCHWRIGHT_INSTANCE: folders.id } });
    const args = ["--enable-source-maps", path.join(root, "dist/token.mjs"), ...process.argv.slice(2)];
    return spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" }).status ?? 1;
  });
} catch (error) {
  process.exitCode = report(error);
}
