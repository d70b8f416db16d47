import { askedChild } from "../lib/asked-child.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";

const steps = 1_000;

export const durableSteps = {
  name: "durable-steps",
  title: `A run of ${steps} trivial tasks in a chain ÷ ${steps} steps of bare DBOS`,
  goal: 1.2,
  unit: "ratio",
  repeats: 3,
  async measure({ repeats, say }) {
    const postgres = await startPostgres();
    const urls = { driver: await postgres.database("driver"), bare: await postgres.database("bare") };
    const samples = { driverMs: [], bareMs: [] };
    for (const { side } of alternating(repeats, ["bare", "driver"])) {
      const { ms } = await askedChild("durable-steps-child.mjs", [side, urls[side], steps]);
      samples[`${side}Ms`].push(rounded(ms, 1));
      say(`${side} ${ms.toFixed(0)} ms`);
    }
    await postgres.stop();
    return {
      value: median(samples.driverMs) / median(samples.bareMs),
      samples,
      note: `One run in a process of its own each time, from its start until its last task is recorded, on one embedded PostgreSQL of its own; medians. From one task to the next ${rounded(median(samples.driverMs) / steps, 2)} ms, in bare DBOS ${rounded(median(samples.bareMs) / steps, 2)} ms; ${rounded((1_000 * steps) / median(samples.driverMs), 0)} and ${rounded((1_000 * steps) / median(samples.bareMs), 0)} a second.`,
    };
  },
};
