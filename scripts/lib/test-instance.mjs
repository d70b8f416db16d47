import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataFolders, root } from "./folders.mjs";
import { lakeAccess } from "./lake.mjs";
import { startIdentityProvider } from "./identity-provider.mjs";
import { enginePorts, readJson, webPort } from "./ports.mjs";
import { isAlive, stopProcesses } from "./process-table.mjs";
import { Problem } from "./problem.mjs";
import { findPython, pythonEnvironment } from "./python.mjs";
import { secret } from "./secrets.mjs";

/**
 * A whole Benchwright on a data folder of its own, started as a user would start it, with an identity provider at
 * `issuer`. `baseUrl` is its page; `contracts` holds the addresses for the contract tests; `stop` ends it and removes
 * every trace. Its tasks may ask servers on this machine; `environment` is what else it is started with.
 */
export async function startTestInstance(environment = {}) {
  const data = mkdtempSync(path.join(os.tmpdir(), "benchwright-test-"));
  const folders = dataFolders(data);
  const port = await webPort();
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|.*_DATABASE_URL|RAY_ADDRESS|MLFLOW_TRACKING_URI|TEMPORAL_ADDRESS|S3_.*)$/.test(name)));
  const provider = await startIdentityProvider();
  const env = { ...own, ...provider.environment, HTTP_PRIVATE_HOSTS: "127.0.0.1", ...environment, BENCHWRIGHT_DATA: data, PORT: String(port) };
  const child = spawn(process.execPath, ["scripts/start.mjs"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-4000);
    });
  }
  const stop = async () => {
    if (isAlive(child.pid)) await stopProcesses([child.pid], { graceMs: 12_000 });
    await provider.stop();
    rmSync(data, { recursive: true, force: true });
    rmSync(folders.ray, { recursive: true, force: true });
  };
  try {
    await until(() => output.includes("is ready at"), 300_000);
    await until(() => ["lake", "ray", "mlflow"].every((name) => isSettled(readJson(folders.status)?.[name])), 600_000);
  } catch (error) {
    await stop();
    throw error;
  }
  async function until(condition, timeoutMs) {
    const deadline = performance.now() + timeoutMs;
    while (!condition()) {
      if (child.exitCode !== null || performance.now() > deadline) throw new Problem(`The instance for the tests did not start: ${output.trim()}`);
      await sleep(200);
    }
  }
  const ports = await readPorts(folders);
  const states = JSON.parse(readFileSync(folders.status, "utf8"));
  const python = await findPython();
  const lake = lakeAccess(folders, ports);
  const admin = encodeURIComponent(secret(folders, "postgres-admin-password"));
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    data,
    issuer: provider.issuer,
    contracts: {
      CONTRACT_DATABASE_URL: `postgresql://postgres:${admin}@127.0.0.1:${ports.postgres}/postgres`,
      ...(python.missing === undefined
        ? { CONTRACT_LAKE_PYTHON: pythonEnvironment(python, "lake").python, DUCKDB_EXTENSIONS_DIR: pythonEnvironment(python, "lake").duckdbExtensions }
        : {}),
      ...(states.lake.status === "up" ? { CONTRACT_LAKE_URL: lake.url, CONTRACT_LAKE_TOKEN: lake.token, CONTRACT_LAKE_DIR: folders.lake } : {}),
      ...(states.ray.status === "up" ? { CONTRACT_RAY_ADDRESS: `http://127.0.0.1:${ports.rayDashboard}` } : {}),
      ...(states.mlflow.status === "up" ? { CONTRACT_MLFLOW_TRACKING_URI: `http://127.0.0.1:${ports.mlflow}` } : {}),
    },
    stop,
  };
}

function isSettled(state) {
  return state !== undefined && state.status !== "starting";
}

async function readPorts(folders) {
  return readJson(path.join(folders.run, "ports.json")) ?? enginePorts(folders);
}
