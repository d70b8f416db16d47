import { askedChild } from "../lib/asked-child.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { median, quantile, rounded } from "../lib/statistics.ts";

const backlog = 100_000;

export const pipelineBacklog = {
  name: "pipeline-backlog",
  title:
    "Start of a run of an empty pipeline until its first task works, beside 100,000 runs that wait in another, 99th percentile",
  goal: 1,
  unit: "s",
  repeats: 100,
  async measure({ repeats, say }) {
    const postgres = await startPostgres();
    const dbosUrl = await postgres.database("dbos");
    const args = ["backlog", dbosUrl, dbosUrl, backlog, repeats];
    const { taken } = await askedChild("pipelines-room-child.mjs", args, 10 * 60_000);
    await postgres.stop();
    const seconds = taken.map((ms) => rounded(ms / 1_000));
    say(`median ${median(seconds)} s, longest ${Math.max(...seconds)} s`);
    return {
      value: quantile(seconds, 0.99),
      samples: { startS: seconds },
      note: `${repeats} runs, each from before its row is made until the request of its only task arrives. One of the 100,000 is under way, as its pipeline allows. Wired as in the worker, on an embedded PostgreSQL with default settings. Median ${median(seconds)} s.`,
    };
  },
};
