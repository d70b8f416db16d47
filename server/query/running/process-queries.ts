import { GOING, type RunningQueries, runningQueries } from "./running-queries";

/** Next loads a module once per bundle, so the one registry lives on the process. */
const held = globalThis as { benchwrightRunningQueries?: RunningQueries };

/** The statements that this process runs. They end with it. */
export function processQueries(): RunningQueries {
  if (held.benchwrightRunningQueries === undefined) {
    const running = runningQueries();
    held.benchwrightRunningQueries = running;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => void running.stopAll(GOING));
    }
  }
  return held.benchwrightRunningQueries;
}
