import { askedChild } from "../lib/asked-child.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { rounded } from "../lib/statistics.ts";

const runs = 10_000;
const percent = (share) => rounded(100 * share, 2);

export const sleepingRuns = {
  name: "sleeping-runs",
  title: "What 10,000 runs that wait for hours add to the idle worker and PostgreSQL, in percent of a core",
  goal: 1,
  unit: "%",
  repeats: 1,
  async measure({ say }) {
    const postgres = await startPostgres();
    const dbosUrl = await postgres.database("dbos");
    const args = ["sleeping", dbosUrl, dbosUrl, runs, 1, postgres.pid];
    const { empty, asleep } = await askedChild("pipelines-room-child.mjs", args, 35 * 60_000);
    await postgres.stop();
    const samples = {
      emptyWorkerPercent: [percent(empty.worker)],
      emptyPostgresPercent: [percent(empty.postgres)],
      asleepWorkerPercent: [percent(asleep.worker)],
      asleepPostgresPercent: [percent(asleep.postgres)],
    };
    for (const [name, [value]] of Object.entries(samples)) say(`${name} ${value}`);
    return {
      value: percent(asleep.worker + asleep.postgres - empty.worker - empty.postgres),
      samples,
      note: "Processor time over a minute each, with no run and with 10,000 whose only task failed and is tried again after 12 hours, in 100 pipelines. It includes the rounds that look for runs to let in and the sweep over those under way.",
    };
  },
};
