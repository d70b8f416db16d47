import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether the process runs; a zombie does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  return statusFields(pid)?.[0] !== "Z";
}

/** When the process was started, as text that differs between two processes that had the same id. */
export function startMark(pid) {
  const fields = statusFields(pid);
  if (fields !== undefined) return fields[19] ?? "";
  const answer = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return answer.stdout?.trim() ?? "";
}

function statusFields(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/**
 * Ids of the processes that carry the mark in their environment; where the system does not show that, those with the
 * other text in their command line. Never this process or its ancestors.
 */
export function findProcesses({ mark, command }) {
  const own = ancestors();
  if (!existsSync("/proc/self/environ")) {
    const answer = spawnSync("ps", ["-axwwo", "pid=,command="], { encoding: "utf8" });
    const lines = (answer.stdout ?? "").split("\n").filter((line) => line.includes(command));
    return lines.map((line) => Number.parseInt(line, 10)).filter((pid) => !own.has(pid));
  }
  const pids = readdirSync("/proc").map(Number).filter((pid) => Number.isInteger(pid) && !own.has(pid));
  return pids.filter((pid) => reads(`/proc/${pid}/environ`, mark) && isAlive(pid));
}

function reads(file, text) {
  try {
    return readFileSync(file, "utf8").includes(text);
  } catch {
    return false;
  }
}

function ancestors() {
  const found = new Set([process.pid]);
  for (let pid = process.ppid; pid > 1 && !found.has(pid); pid = Number(statusFields(pid)?.[1] ?? 0)) found.add(pid);
  return found;
}

/** Asks the processes to leave, insists after the grace, and returns when they are gone. */
export async function stopProcesses(pids, { graceMs, signal = "SIGTERM" }) {
  const deadline = performance.now() + graceMs;
  for (const pid of pids) send(pid, signal);
  while (pids.some(isAlive) && performance.now() < deadline) await sleep(50);
  for (const pid of pids.filter(isAlive)) send(pid, "SIGKILL");
  const lastCall = performance.now() + 2000;
  while (pids.some(isAlive) && performance.now() < lastCall) await sleep(20);
}

/** Signals a process (or, with a negative id, a group); one that has left already is no error. */
export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
