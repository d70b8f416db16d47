import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { Problem } from "./problem.mjs";

const DISK_FULL = /ENOSPC|No space left on device|Check free disk space|disk quota exceeded/i;

/** Runs a program to its end and resolves to what it printed; `log` gets everything it said. Fails with its last lines. */
export function runCommand(command, args, { log, what = command, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const sink = log === undefined ? undefined : createWriteStream(log, { flags: "a" });
    sink?.on("error", reject);
    let output = "";
    let stdout = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        sink?.write(chunk);
        output = (output + chunk).slice(-20_000);
        if (stream === child.stdout) stdout += chunk;
      });
    }
    child.once("error", (error) => reject(new Problem(`${what} could not be started: ${error.message}.`)));
    child.once("close", (code, signal) => {
      sink?.end();
      if (code === 0) return resolve(stdout);
      if (DISK_FULL.test(output)) return reject(new Problem(`The disk is full: ${what} could not write its files; free some space and start again.`));
      const lines = output.trim().split("\n").filter(Boolean).slice(-6).join(" | ");
      reject(new Problem(`${what} failed (${signal ?? `status ${code}`}): ${lines}${log === undefined ? "" : ` (all of it in ${log})`}`));
    });
  });
}
