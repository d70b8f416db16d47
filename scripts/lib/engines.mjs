import { findProcesses, stopProcesses } from "./process-table.mjs";
import { launchMlflow } from "./mlflow.mjs";
import { mlflowVersion, rayVersion, trinoVersion } from "./probe.mjs";
import { advertised, launchRayHead } from "./ray.mjs";
import { supervised } from "./supervised.mjs";

const WATCH_EVERY_MS = 3000;
/** An engine that takes longer to start is said to be slow, and how long it has taken, in steps of ten seconds. */
const SLOW_START_MS = 30_000;
const STEP_MS = 10_000;

/** Every process of this instance's engine carries this in its environment. */
export function engineMark(folders, engine) {
  return { BENCHWRIGHT_ENGINE: `${engine}-${folders.id}` };
}

/** Ends what an earlier supervisor left of this instance's engine; `command` is a text of its command line. */
export function tidyEngine(folders, engine, command) {
  return async () => {
    const pids = findProcesses({ mark: `BENCHWRIGHT_ENGINE=${engine}-${folders.id}`, command });
    if (pids.length > 0) await stopProcesses(pids, { graceMs: 500 });
  };
}

/** Ends processes of the engines that outlived a killed supervisor. */
export async function tidyEngines(folders) {
  const commands = { ray: folders.ray, mlflow: folders.mlflow, lake: `instance=${folders.id}` };
  await Promise.all(Object.entries(commands).map(([engine, command]) => tidyEngine(folders, engine, command)()));
}

export function rayProgram({ folders, ports, environment, status }) {
  return supervised({
    name: "ray",
    logs: folders.logs,
    launch: (log) => launchRayHead({ folders, ports, environment, instance: engineMark(folders, "ray") }, log),
    tidy: tidyEngine(folders, "ray", folders.ray),
    onExit: (reason) => status.set("ray", { status: "down", detail: reason }),
  });
}

export function mlflowProgram({ folders, ports, environment, databaseUrl, status }) {
  return supervised({
    name: "mlflow",
    logs: folders.logs,
    launch: (log) =>
      launchMlflow({ folders, ports, environment, databaseUrl, instance: engineMark(folders, "mlflow") }, log),
    tidy: tidyEngine(folders, "mlflow", folders.mlflow),
    onExit: (reason) => status.set("mlflow", { status: "down", detail: reason }),
  });
}

/** What an embedded head says of itself; the page shows it, because it promises more than the machine has. */
export function embeddedRayDetail() {
  const { cpus, memoryBytes } = advertised();
  return `embedded head; advertises ${cpus} logical CPUs and ${Math.round(memoryBytes / 1024 ** 3)} GiB`;
}

/**
 * Asks an engine every few seconds and keeps its state. One that has never answered is starting, unless somebody else runs it
 * (`isExternal`); one that stopped answering is down. Returns a function that ends the watch.
 */
export function watchEngine(name, { ask, status, detail, isRunning = () => true, isExternal = false }) {
  let isOver = false;
  let wasUp = false;
  let timer;
  let runsSince = performance.now();
  async function look() {
    if (!isRunning()) runsSince = performance.now();
    const version = await ask();
    if (isOver) return;
    if (version !== undefined && isRunning()) {
      wasUp = true;
      status.set(name, { status: "up", detail, ...(version === "unknown" ? {} : { version }) });
    } else if (isExternal) status.set(name, { status: "down", detail: `${detail}, which does not answer` });
    else if (wasUp && isRunning()) status.set(name, { status: "down", detail: "does not answer" });
    else if (isRunning()) sayStarting(performance.now() - runsSince);
    timer = setTimeout(look, wasUp ? WATCH_EVERY_MS : 500);
  }
  function sayStarting(ms) {
    if (ms < SLOW_START_MS) return;
    const seconds = (Math.floor(ms / STEP_MS) * STEP_MS) / 1000;
    status.set(name, { status: "starting", detail: `is still starting after ${seconds} s; the machine may be busy` });
  }
  look();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

export const askRay = (address) => () => rayVersion(address);
export const askMlflow = (address) => () => mlflowVersion(address);
export const askTrino = (address) => () => trinoVersion(address);
