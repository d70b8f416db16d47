import { startTemporal } from "../../scripts/lib/live/temporal.mjs";
import { askedChild } from "../lib/asked-child.mjs";
import { onCleanup } from "../lib/cleanup.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const steps = 200;

export const stepsOnTemporal = {
  name: "steps-on-temporal",
  title: `A run of ${steps} trivial tasks in a chain on Temporal ÷ ${steps} activities of bare Temporal`,
  goal: 1.2,
  unit: "ratio",
  repeats: 3,
  onRequest: true,
  async measure({ repeats, say }) {
    const folder = await temporaryFolder();
    const temporal = await startTemporal({ folder: folder.path });
    const stop = onCleanup(() => temporal.stop());
    const samples = { driverMs: [], bareMs: [] };
    for (const { side } of alternating(repeats, ["bare", "driver"])) {
      const { ms } = await askedChild("temporal-steps-child.mjs", [side, temporal.address, steps], 120_000);
      samples[`${side}Ms`].push(rounded(ms, 1));
      say(`${side} ${ms.toFixed(0)} ms`);
    }
    await stop();
    await folder.remove();
    return {
      value: median(samples.driverMs) / median(samples.bareMs),
      samples,
      note: `One run in a process of its own each time, from its start until the act that ends it, on one server for development that keeps nothing on disk; medians. From one task to the next ${rounded(median(samples.driverMs) / steps, 2)} ms, in bare Temporal ${rounded(median(samples.bareMs) / steps, 2)} ms; ${rounded((1_000 * steps) / median(samples.driverMs), 0)} and ${rounded((1_000 * steps) / median(samples.bareMs), 0)} a second.`,
    };
  },
};
