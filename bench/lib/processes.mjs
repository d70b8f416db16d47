import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onCleanup } from "./cleanup.mjs";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls `probe` until it returns something other than undefined; failures of the probe count as "not yet". */
export async function until(what, timeoutMs, probe, everyMs = 200) {
  const deadline = performance.now() + timeoutMs;
  let lastError = "";
  while (performance.now() < deadline) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      if (error.fatal) throw error;
      lastError = `: ${error.message}`;
    }
    await sleep(everyMs);
  }
  throw new Error(`${what} did not happen within ${timeoutMs / 1000} s${lastError}`);
}

/**
 * Starts a process whose output lines are kept and can be waited for.
 *
 * `lines` is [{ atMs, text }], the time counted from the start; `line(pattern)` resolves with the first line that
 * matches, also one already printed, and rejects when the process ends without it; `stop(graceMs)` sends SIGINT and,
 * after the grace, SIGKILL, and returns the milliseconds that it took.
 */
export function startProcess(command, args, { env, cwd, ipc = false } = {}) {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", ...(ipc ? ["ipc"] : [])],
  });
  const lines = [];
  const waiting = new Set();
  const exited = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, error }));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (text) => {
      const entry = { atMs: performance.now() - startedAt, text };
      lines.push(entry);
      for (const waiter of waiting) waiter(entry);
    });
  }
  const tail = () =>
    lines
      .slice(-15)
      .map(({ text }) => text)
      .join("\n");

  function line(pattern, timeoutMs) {
    const already = lines.find(({ text }) => pattern.test(text));
    if (already !== undefined) return Promise.resolve(already);
    return new Promise((resolve, reject) => {
      const settle = (act) => {
        clearTimeout(timer);
        waiting.delete(waiter);
        act();
      };
      const waiter = (entry) => {
        if (pattern.test(entry.text)) settle(() => resolve(entry));
      };
      const timer = setTimeout(
        () =>
          settle(() => reject(new Error(`no line like ${pattern} within ${timeoutMs / 1000} s:\n${tail()}`))),
        timeoutMs,
      );
      waiting.add(waiter);
      exited.then((end) =>
        settle(() =>
          reject(
            new Error(
              `${command} ended (${end.error?.message ?? end.code}) without a line like ${pattern}:\n${tail()}`,
            ),
          ),
        ),
      );
    });
  }

  async function end(graceMs) {
    const from = performance.now();
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGINT");
      const killer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await exited;
      clearTimeout(killer);
    }
    return performance.now() - from;
  }

  const forget = onCleanup(() => end(20_000));
  async function stop(graceMs = 20_000) {
    const tookMs = await end(graceMs);
    await forget();
    return tookMs;
  }
  exited.then(() => forget());

  return { child, lines, line, exited, stop, tail, startedAt };
}

/** Runs a command to its end and returns { lines, tookMs }; throws with the end of its output when it fails. */
export async function runProcess(command, args, { timeoutMs, ...options }) {
  const started = startProcess(command, args, options);
  const timer = setTimeout(() => started.child.kill("SIGKILL"), timeoutMs);
  const { code, error } = await started.exited;
  clearTimeout(timer);
  const tookMs = performance.now() - started.startedAt;
  if (code !== 0) {
    throw new Error(
      `${command} ${args.slice(0, 3).join(" ")} ended with ${error?.message ?? code ?? "a signal"}:\n${started.tail()}`,
    );
  }
  return { lines: started.lines.map(({ text }) => text), tookMs };
}
