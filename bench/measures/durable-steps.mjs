import { fileURLToPath } from "node:url";
import { startPostgres } from "../lib/postgres.mjs";
import { startProcess } from "../lib/processes.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";

const child = fileURLToPath(new URL("../durable-steps-child.mjs", import.meta.url));
const steps = 1_000;

async function sample(side, databaseUrl) {
  const started = startProcess(
    process.execPath,
    ["--import", "tsx", child, side, databaseUrl, String(steps)],
    { ipc: true },
  );
  const answer = new Promise((resolve, reject) => {
    started.child.once("message", resolve);
    started.exited.then(() => reject(new Error(`the ${side} side gave no figure:\n${started.tail()}`)));
    setTimeout(
      () => reject(new Error(`the ${side} side took more than 60 s:\n${started.tail()}`)),
      60_000,
    ).unref();
  });
  try {
    return (await answer).ms;
  } finally {
    await started.stop(3_000);
  }
}

export const durableSteps = {
  name: "durable-steps",
  title: `${steps} trivial durable steps ÷ bare DBOS`,
  goal: 1.2,
  unit: "ratio",
  repeats: 3,
  async measure({ repeats, say }) {
    const postgres = await startPostgres();
    const urls = { adapter: await postgres.database("adapter"), bare: await postgres.database("bare") };
    const samples = { adapterMs: [], bareMs: [] };
    for (const { side } of alternating(repeats, ["bare", "adapter"])) {
      const ms = await sample(side, urls[side]);
      samples[`${side}Ms`].push(rounded(ms, 1));
      say(`${side} ${ms.toFixed(0)} ms`);
    }
    await postgres.stop();
    return {
      value: median(samples.adapterMs) / median(samples.bareMs),
      samples,
      note: "One workflow in a process of its own each time, from its start until its last step is recorded, on one embedded PostgreSQL of its own; medians.",
    };
  },
};
