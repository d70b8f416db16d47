import { spawn } from "node:child_process";
import { mkdirSync, openSync, closeSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment } from "../clean-environment.mjs";
import { freePort } from "../ports.mjs";
import { isAlive, send, stopProcesses } from "../process-table.mjs";
import { Problem } from "../problem.mjs";
import { fetchTrino } from "./fetch-trino.mjs";

const READY_MS = 180_000;
const HEAP_MB = 2048;
const JVM = [
  "-Xms512M",
  "-XX:+UseG1GC",
  "-XX:G1HeapRegionSize=8M",
  "-XX:+ExplicitGCInvokesConcurrent",
  "-XX:+ExitOnOutOfMemoryError",
  "-XX:ReservedCodeCacheSize=256M",
  "-Djdk.attach.allowAttachSelf=true",
  "-Dfile.encoding=UTF-8",
  "--enable-native-access=ALL-UNNAMED",
  "--sun-misc-unsafe-memory-access=allow",
];

const lines = (settings) => `${Object.entries(settings).map(([name, value]) => `${name}=${value}`).join("\n")}\n`;

/**
 * Properties of an Iceberg catalog that reads what the lake's writer keeps in PostgreSQL. `databaseUrl` is the lake's
 * database, `name` the physical catalog, `warehouse` the folder or bucket of its data; `s3` is where it lies in a bucket.
 */
export function lakeCatalog({ databaseUrl, name, warehouse, s3 }) {
  const url = new URL(databaseUrl);
  const files = s3
    ? {
        "fs.native-s3.enabled": true,
        "s3.endpoint": s3.endpoint,
        "s3.region": s3.region,
        "s3.path-style-access": true,
        "s3.aws-access-key": s3.accessKeyId,
        "s3.aws-secret-key": s3.secretAccessKey,
      }
    : { "fs.hadoop.enabled": true };
  return {
    "connector.name": "iceberg",
    "iceberg.catalog.type": "jdbc",
    "iceberg.jdbc-catalog.driver-class": "org.postgresql.Driver",
    "iceberg.jdbc-catalog.connection-url": `jdbc:postgresql://${url.host}${url.pathname}`,
    "iceberg.jdbc-catalog.connection-user": decodeURIComponent(url.username),
    "iceberg.jdbc-catalog.connection-password": decodeURIComponent(url.password),
    "iceberg.jdbc-catalog.catalog-name": name,
    "iceberg.jdbc-catalog.default-warehouse-dir": s3 ? warehouse : `file://${warehouse}`,
    "iceberg.jdbc-catalog.schema-version": "V1",
    ...files,
  };
}

/**
 * Files below `folder` for a server of one node that only this machine reaches. `catalogs` is properties by name. A query
 * may use half of the heap, and goes on on disk where that is not enough.
 */
export function writeTrinoSettings(folder, { port, catalogs, server, heapMb = HEAP_MB }) {
  const etc = path.join(folder, "etc");
  rmSync(etc, { recursive: true, force: true });
  mkdirSync(path.join(etc, "catalog"), { recursive: true, mode: 0o700 });
  const config = {
    coordinator: true,
    "node-scheduler.include-coordinator": true,
    "node.environment": "benchwright",
    "node.id": "only",
    "node.bind-ip": "127.0.0.1",
    "node.internal-address": "127.0.0.1",
    "http-server.http.port": port,
    "discovery.uri": `http://127.0.0.1:${port}`,
    "plugin.dir": path.join(server, "plugin"),
    "query.max-memory": `${heapMb >> 1}MB`,
    "query.max-memory-per-node": `${heapMb >> 1}MB`,
    "memory.heap-headroom-per-node": `${Math.floor(heapMb / 5)}MB`,
    "spill-enabled": true,
    "spiller-spill-path": path.join(folder, "spill"),
    "task.concurrency": 2,
    "task.max-worker-threads": 4,
    "query.min-expire-age": "1m",
    // Ends what nobody asks for any more, such as the statements of an app that was killed.
    "query.client.timeout": "1m",
    "catalog.management": "dynamic",
    "catalog.store": "file",
  };
  writeFileSync(path.join(etc, "config.properties"), lines(config));
  writeFileSync(path.join(etc, "log.properties"), "io.trino=WARN\n");
  for (const [name, properties] of Object.entries(catalogs)) {
    writeFileSync(path.join(etc, "catalog", `${name}.properties`), lines(properties), { mode: 0o600 });
  }
  return etc;
}

/**
 * A Trino of one's own in `folder`, on 127.0.0.1 alone, at `port` where it is given, with a heap of `heapMb` at most. Returns
 * when it has answered a query: `{ url, stop }`.
 */
export async function startTrino({ folder, catalogs = {}, port: wantedPort, heapMb = HEAP_MB }) {
  mkdirSync(folder, { recursive: true });
  const log = path.join(folder, "trino.log");
  const { server, java } = await fetchTrino({ log });
  const port = wantedPort ?? (await freePort());
  const etc = writeTrinoSettings(folder, { port, catalogs, server, heapMb });
  const options = [
    `-Dnode.data-dir=${path.join(folder, "data")}`,
    `-Dconfig=${path.join(etc, "config.properties")}`,
    `-Dlog.levels-file=${path.join(etc, "log.properties")}`,
  ];
  const output = openSync(log, "a");
  const args = [`-Xmx${heapMb}M`, ...JVM, ...options, "-cp", path.join(server, "lib/*"), "io.trino.server.TrinoServer"];
  const child = spawn(java, args, { cwd: folder, env: cleanEnvironment(), detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const stop = async () => {
    if (child.pid !== undefined && isAlive(child.pid)) await stopProcesses([child.pid], { graceMs: 10_000 });
    if (child.pid !== undefined) send(-child.pid, "SIGKILL");
  };
  child.once("error", () => {});
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + READY_MS;
  while (!(await answersQueries(url))) {
    if (child.exitCode !== null || child.pid === undefined || performance.now() > deadline) {
      await stop();
      throw new Problem(`Trino did not start; see ${log}.`);
    }
    await sleep(250);
  }
  return { url, stop };
}

/** The first query after a start takes seconds; who is told that Trino is ready need not wait for them. */
async function answersQueries(url) {
  try {
    const headers = { "x-trino-user": "benchwright" };
    const info = await (await fetch(`${url}/v1/info`)).json();
    if (info.starting) return false;
    let answer = await (await fetch(`${url}/v1/statement`, { method: "POST", headers, body: "SELECT 1" })).json();
    while (answer.nextUri !== undefined) answer = await (await fetch(answer.nextUri, { headers })).json();
    return answer.stats.state === "FINISHED";
  } catch {
    return false;
  }
}
