import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, startMark } from "./process-table.mjs";

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** The process that holds the lock, or undefined when there is none or it died without letting go. */
export function lockHolder(file) {
  const holder = readHolder(file);
  if (holder === undefined || !isAlive(holder.pid)) return undefined;
  return startMark(holder.pid) === holder.started ? holder : undefined;
}

/**
 * Takes the lock, or returns undefined while another living process holds it. A lock left by a killed process is
 * taken over; a process id used again since then is not mistaken for the holder.
 */
export function tryLock(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startMark(process.pid) }));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        linkSync(draft, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      if (lockHolder(file) !== undefined) return undefined;
      setAside(file);
    }
    return undefined;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead lock; if a living process took it meanwhile, what was moved is put back. */
function setAside(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (lockHolder(aside) !== undefined) linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Does the work while holding the lock, waiting for another holder to finish. */
export async function withLock(file, work) {
  let lock = tryLock(file);
  while (lock === undefined) {
    await sleep(200);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
