import { askedChild } from "../lib/asked-child.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { median, rounded } from "../lib/statistics.ts";

const tasks = 40;

export const pipelineChain = {
  name: "pipeline-chain",
  title: `A run of ${tasks} tasks of 10 ms in a chain, from the request to its kept end`,
  goal: 1,
  unit: "s",
  repeats: 7,
  async measure({ repeats, say }) {
    const postgres = await startPostgres();
    const dbosUrl = await postgres.database("dbos");
    const { taken } = await askedChild("pipelines-room-child.mjs", [
      "chain",
      dbosUrl,
      dbosUrl,
      tasks,
      repeats,
    ]);
    await postgres.stop();
    const samples = {
      runS: taken.map(({ ms }) => rounded(ms / 1_000)),
      processorS: taken.map(({ processorMs }) => rounded(processorMs / 1_000)),
    };
    say(samples.runS.join(", "));
    return {
      value: median(samples.runS),
      samples,
      note: "Each task is a request that is answered after 10 ms, with its attempt, its step, its log line and its answer kept. The room is wired as in the worker, on an embedded PostgreSQL with default settings; the first run is not counted. `processorS`: of that process, with the server that answers. Median.",
    };
  },
};
