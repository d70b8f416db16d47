import { spawn } from "node:child_process";
import { lstatSync, mkdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cleanEnvironment } from "./clean-environment.mjs";
import { root } from "./folders.mjs";
import { Problem } from "./problem.mjs";

const GIB = 1024 ** 3;

/** What the embedded head says it has. Four workers of two CPUs must schedule on a laptop; threads follow the real cores. */
export function advertised(cores = os.availableParallelism(), memoryBytes = os.totalmem()) {
  return {
    cpus: Math.max(8, cores),
    memoryBytes: Math.max(16 * GIB, memoryBytes),
    objectStoreBytes: Math.min(GIB, Math.floor(memoryBytes / 8)),
  };
}

function prepareFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "tmp"), { recursive: true, mode: 0o700 });
  if (process.getuid && lstatSync(folder).uid !== process.getuid()) {
    throw new Problem(`${folder} belongs to another user; remove it, so that Ray can work there.`);
  }
}

/** Starts a head that listens on 127.0.0.1 alone, on ports of its own, with no secret in its environment. */
export function launchRayHead({ folders, ports, environment, instance }, logFd) {
  prepareFolder(folders.ray);
  const { cpus, memoryBytes, objectStoreBytes } = advertised();
  const options = {
    "node-ip-address": "127.0.0.1",
    port: ports.ray,
    "dashboard-host": "127.0.0.1",
    "dashboard-port": ports.rayDashboard,
    "metrics-export-port": ports.rayMetricsExport,
    "dashboard-agent-listen-port": ports.rayAgent,
    "dashboard-agent-grpc-port": ports.rayAgentGrpc,
    "runtime-env-agent-port": ports.rayRuntimeEnvAgent,
    "ray-client-server-port": ports.rayClientServer,
    "node-manager-port": ports.rayNodeManager,
    "object-manager-port": ports.rayObjectManager,
    "min-worker-port": ports.rayWorkersFrom,
    "max-worker-port": ports.rayWorkersTo,
    "num-cpus": cpus,
    memory: memoryBytes,
    "object-store-memory": objectStoreBytes,
    "temp-dir": folders.ray,
  };
  const env = cleanEnvironment();
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const program = path.join(root, "jobs/ray_head.py");
  // Without -P the folder of the program would be one of the cluster's modules.
  return spawn(environment.python, ["-P", program, "start", "--head", "--block", "--disable-usage-stats", ...args], {
    cwd: folders.tmp,
    detached: true,
    stdio: ["ignore", logFd, logFd],
    env: {
      ...env,
      ...instance,
      PATH: `${environment.bin}${path.delimiter}${env.PATH ?? ""}`,
      OMP_NUM_THREADS: String(os.availableParallelism()),
      PYTHONUNBUFFERED: "1",
      // What killed processes leave there goes with the folder; a longer path would not do for Python's sockets.
      TMPDIR: path.join(folders.ray, "tmp"),
      RAY_USAGE_STATS_ENABLED: "0",
      // Without it the address asked for is silently replaced and the head listens on every interface.
      RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: "0",
      RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO: "0",
      AUTOSCALER_METRIC_PORT: String(ports.rayAutoscalerMetrics),
      DASHBOARD_METRIC_PORT: String(ports.rayDashboardMetrics),
    },
  });
}
