import { spawn } from "node:child_process";
import path from "node:path";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment } from "../clean-environment.mjs";
import { freePort } from "../ports.mjs";
import { probe } from "../probe.mjs";
import { isAlive, stopProcesses } from "../process-table.mjs";
import { Problem } from "../problem.mjs";
import { findPython, installPython, pythonEnvironment } from "../python.mjs";

const READY_MS = 60_000;
const REGION = "us-east-1";
const BUCKET = "contract";

/** An S3 server in memory (moto, from the lake's test packages) with one bucket: `{ url, variables, stop }`. */
export async function startS3({ folder }) {
  const python = await findPython();
  if (python.missing !== undefined) throw new Problem(python.missing);
  const log = path.join(folder, "s3.log");
  await installPython(python, { name: "lake", withTests: true, log });
  const { bin } = pythonEnvironment(python, "lake");
  const port = await freePort();
  const output = openSync(log, "a");
  const args = ["-H", "127.0.0.1", "-p", String(port)];
  const child = spawn(path.join(bin, "moto_server"), args, { env: cleanEnvironment(), detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  child.once("error", () => {});
  const stop = async () => {
    if (child.pid !== undefined && isAlive(child.pid)) await stopProcesses([child.pid], { graceMs: 3000 });
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + READY_MS;
  while ((await probe(url)) === undefined) {
    if (child.exitCode !== null || child.pid === undefined || performance.now() > deadline) {
      await stop();
      throw new Problem(`The S3 server for the tests did not start; see ${log}.`);
    }
    await sleep(100);
  }
  const made = await fetch(`${url}/${BUCKET}`, { method: "PUT" });
  if (!made.ok) {
    await stop();
    throw new Problem(`The S3 server for the tests made no bucket (${made.status}).`);
  }
  return { url, bucket: BUCKET, region: REGION, stop };
}
