import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { Problem } from "./problem.mjs";
import { writeAtomically } from "./write-atomically.mjs";

const NAMES = [
  "postgres",
  "mlflow",
  "ray",
  "rayDashboard",
  "rayMetricsExport",
  "rayAgent",
  "rayAgentGrpc",
  "rayRuntimeEnvAgent",
  "rayClientServer",
  "rayNodeManager",
  "rayObjectManager",
  "rayAutoscalerMetrics",
  "rayDashboardMetrics",
  "lake",
];
const BLOCK = 200;
const WORKERS_FROM = 40;
/** Below the range from which systems give out ports by themselves. */
const FIRST_BLOCK = 20_000;
const BLOCKS = 60;

/** Whether this process could listen there. */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port that nothing listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function blockAt(base) {
  const ports = Object.fromEntries(NAMES.map((name, index) => [name, base + index]));
  return { ...ports, rayWorkersFrom: base + WORKERS_FROM, rayWorkersTo: base + BLOCK - 1 };
}

async function isBlockFree(ports) {
  const free = await Promise.all(NAMES.map((name) => isFree(ports[name])));
  return free.every(Boolean);
}

/**
 * Ports of the engines, the same at every start while they stay free. The instance's id spreads instances over blocks,
 * so that two that start together do not race for the same one.
 */
export async function enginePorts(folders) {
  const file = path.join(folders.run, "ports.json");
  const remembered = readJson(file);
  if (remembered !== undefined && NAMES.every((name) => remembered[name] !== undefined) && (await isBlockFree(remembered))) return remembered;
  const start = Number.parseInt(folders.id.slice(0, 8), 16) % BLOCKS;
  for (let offset = 0; offset < BLOCKS; offset++) {
    const ports = blockAt(FIRST_BLOCK + ((start + offset) % BLOCKS) * BLOCK);
    if (await isBlockFree(ports)) {
      writeAtomically(file, JSON.stringify(ports));
      return ports;
    }
  }
  throw new Problem(`No free block of ports was found between ${FIRST_BLOCK} and ${FIRST_BLOCK + BLOCK * BLOCKS}.`);
}

/** The port of the page: the one asked for, or else 3000 or the next free one. */
export async function webPort(wanted, isUsable = isFree) {
  if (wanted) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Problem(`PORT is "${wanted}", which is no port number.`);
    if (!(await isUsable(port))) throw new Problem(`Port ${port} is taken by another program; set PORT to a free one.`);
    return port;
  }
  for (let port = 3000; port < 3100; port++) if (await isUsable(port)) return port;
  throw new Problem("Ports 3000 to 3099 are all taken; set PORT to a free one.");
}

export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
