import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { describeJobRunnerContract, ENTRYPOINTS } from "../../../domain/ports/job-runner.contract";
import { type MemoryJob, memoryJobRunner } from "./job-runner";

const scripts: Record<string, MemoryJob> = {
  [ENTRYPOINTS.greets]: async (job, log) => log(`hello from the package\nword ${job.env.CONTRACT_WORD}\n`),
  [ENTRYPOINTS.counts]: async (_job, log) => {
    for (let number = 1; number <= 5; number++) {
      log(`line ${number}\n`);
      await pause(100);
    }
    log("žluť\n");
  },
  [ENTRYPOINTS.fails]: async (_job, log) => {
    log("about to fail\n");
    return 3;
  },
  [ENTRYPOINTS.sleeps]: (_job, _log, signal) => pause(60_000, undefined, { signal }),
};

describeJobRunnerContract("memory", async () => ({
  runner: memoryJobRunner(async (job, log, signal) => scripts[job.entrypoint]?.(job, log, signal)),
  package: new Uint8Array(),
  freshId: randomUUID,
}));
