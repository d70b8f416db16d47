import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./folders.mjs";
import { supervised } from "./supervised.mjs";

const preload = ["--import", pathToFileURL(path.join(import.meta.dirname, "die-with-parent.mjs")).href];
const next = path.join(root, "node_modules/next/dist/bin/next");
const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");

function launchNode(args, env, log) {
  const stdio = ["ignore", log, log, "ipc"];
  return spawn(process.execPath, [...preload, ...args], { cwd: root, env, detached: true, stdio });
}

/** The worker that carries runs forward. */
export function workerProgram({ folders, env, isDevelopment, status }) {
  const args = isDevelopment ? [tsx, "watch", "--clear-screen=false", "server/worker.ts"] : ["--enable-source-maps", "dist/worker.mjs"];
  return supervised({
    name: "worker",
    logs: folders.logs,
    launch(log) {
      const child = launchNode(args, { ...env, NODE_ENV: isDevelopment ? "development" : "production" }, log);
      const isUp = () => status.set("worker", { status: "up", detail: "carries runs forward" });
      // In development the watcher stands between: it hands no messages on.
      if (isDevelopment) child.once("spawn", isUp);
      else child.once("spawn", () => status.set("worker", { status: "starting", detail: "is starting" })).once("message", isUp);
      return child;
    },
    onExit: (reason) => status.set("worker", { status: "down", detail: reason }),
  });
}

/** The web server, on this machine's own address only. */
export function webProgram({ folders, env, isDevelopment, port, onExit }) {
  const args = [next, isDevelopment ? "dev" : "start", "-H", "127.0.0.1", "-p", String(port)];
  const variables = { ...env, NODE_ENV: isDevelopment ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" };
  return supervised({ name: "web", logs: folders.logs, launch: (log) => launchNode(args, variables, log), onExit });
}
