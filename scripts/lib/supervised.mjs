import { closeSync, openSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { isAlive, send, stopProcesses } from "./process-table.mjs";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** For so long that a process held, one quick death is forgotten. */
const FORGOTTEN_AFTER_MS = 10_000;
/** More make the pause no longer. */
const MOST_REMEMBERED = 6;
const LOG_BYTES = 20 * 1024 ** 2;

function openLog(folder, name) {
  const file = path.join(folder, `${name}.log`);
  try {
    if (statSync(file).size > LOG_BYTES) renameSync(file, `${file}.1`);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return openSync(file, "a");
}

/** How long to wait before the next start, after so many quick deaths. */
export function pauseAfter(quickDeaths) {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** quickDeaths);
}

/** Quick deaths that still count when a process that held for `heldMs` has died. */
export function remembered(quickDeaths, heldMs) {
  return Math.max(0, Math.min(quickDeaths, MOST_REMEMBERED) - Math.floor(heldMs / FORGOTTEN_AFTER_MS));
}

/**
 * Keeps one program running, with its log in `logs/<name>.log`. `launch(logFd)` spawns it as leader of a group of its own
 * and may be async; `tidy` removes what a dead one left behind; `onExit` hears of every death that was not asked for.
 */
export function supervised({ name, logs, launch, tidy = async () => {}, onExit = () => {}, signal = "SIGTERM" }) {
  let child;
  let timer;
  let quickDeaths = 0;
  let isStopping = false;
  let starting = Promise.resolve();

  async function launchOnce() {
    await tidy();
    if (isStopping) return;
    const log = openLog(logs, name);
    const startedAt = performance.now();
    try {
      child = await launch(log);
    } finally {
      closeSync(log);
    }
    let isOver = false;
    const over = (reason) => {
      if (isOver) return;
      isOver = true;
      if (!isStopping) again(reason, startedAt);
    };
    child.once("error", (error) => over(error.message));
    child.once("exit", (code, exitSignal) => over(exitSignal ? `was ended by ${exitSignal}` : `left with status ${code}`));
  }

  function again(reason, startedAt) {
    quickDeaths = remembered(quickDeaths, performance.now() - startedAt);
    const pauseMs = pauseAfter(quickDeaths++);
    onExit(`${reason}; starts again in ${pauseMs / 1000} s (see logs/${name}.log)`);
    timer = setTimeout(() => start(), pauseMs);
  }

  function start() {
    const startedAt = performance.now();
    starting = launchOnce().catch((error) => {
      if (!isStopping) again(error.message, startedAt);
    });
    return starting;
  }

  return {
    name,
    start,
    get pid() {
      return child?.pid;
    },
    isRunning: () => child?.pid !== undefined && child.exitCode === null && child.signalCode === null,
    /** Ends the program and its group within the grace. */
    async stop(graceMs) {
      isStopping = true;
      clearTimeout(timer);
      await starting;
      if (child?.pid !== undefined) {
        if (isAlive(child.pid)) await stopProcesses([child.pid], { graceMs, signal });
        if (process.platform !== "win32") send(-child.pid, "SIGKILL");
      }
      await tidy();
    },
  };
}
