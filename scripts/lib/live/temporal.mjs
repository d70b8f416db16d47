import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment } from "../clean-environment.mjs";
import { freePort } from "../ports.mjs";
import { isAlive, stopProcesses } from "../process-table.mjs";
import { Problem } from "../problem.mjs";
import { runCommand } from "../run-command.mjs";
import { fetchTemporal } from "./fetch-temporal.mjs";

const READY_MS = 60_000;

/**
 * A Temporal server for development on 127.0.0.1, with its log in `folder`, and its workflows too where it `keeps` them.
 * Without `uiPort` it has no pages.
 * Returns `{ address, uiUrl, pid, stop }` when it takes workflows.
 */
export async function startTemporal({ folder, keeps = false, port: wantedPort, uiPort }) {
  mkdirSync(folder, { recursive: true });
  const log = path.join(folder, "temporal.log");
  const program = await fetchTemporal({ log });
  const port = wantedPort ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const pages = uiPort === undefined ? ["--headless"] : ["--ui-ip", "127.0.0.1", "--ui-port", String(uiPort)];
  const args = ["server", "start-dev", "--ip", "127.0.0.1", "--port", String(port), "--log-level", "error"];
  const output = openSync(log, "a");
  const kept = keeps ? ["--db-filename", path.join(folder, "temporal.db")] : [];
  const child = spawn(program, [...args, ...pages, ...kept], {
    cwd: folder,
    env: cleanEnvironment(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.once("error", () => {});
  const stop = async () => {
    if (child.pid !== undefined && isAlive(child.pid)) await stopProcesses([child.pid], { graceMs: 5_000 });
  };
  const deadline = performance.now() + READY_MS;
  while (!(await takesWorkflows(program, address))) {
    if (child.exitCode !== null || child.pid === undefined || performance.now() > deadline) {
      await stop();
      throw new Problem(`Temporal did not start; see ${log}.`);
    }
    await sleep(200);
  }
  return { address, uiUrl: uiPort === undefined ? null : `http://127.0.0.1:${uiPort}`, pid: child.pid, stop };
}

const takesWorkflows = (program, address) =>
  runCommand(program, ["operator", "namespace", "describe", "--namespace", "default", "--address", address], { env: cleanEnvironment() }).then(
    () => true,
    () => false,
  );
