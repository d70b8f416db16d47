/**
 * Takes the measures: `npm run bench [-- name… --cold --repeats N --list]`. Without names all of them.
 * Writes bench/results.json and docs/benchmarks.md, and stops everything that it started, also on Ctrl-C.
 */
import { parseArgs } from "node:util";
import { cleanUp } from "./lib/cleanup.mjs";
import { root, sharedApp } from "./lib/instance.mjs";
import { machine } from "./lib/machine.mjs";
import { shown } from "./lib/report.ts";
import { rounded } from "./lib/statistics.ts";
import { writeReport } from "./lib/write-report.ts";
import { anyRow } from "./measures/any-row.mjs";
import { browserQuery } from "./measures/browser-query.mjs";
import { cancel } from "./measures/cancel.mjs";
import { columnExplorer } from "./measures/column-explorer.mjs";
import { completion } from "./measures/completion.mjs";
import { deciding } from "./measures/deciding.mjs";
import { durableSteps } from "./measures/durable-steps.mjs";
import { eventToPixel } from "./measures/event-to-pixel.mjs";
import { firstRows } from "./measures/first-rows.mjs";
import { flowCanvas } from "./measures/flow-canvas.mjs";
import { gridAgainstJson } from "./measures/grid-against-json.mjs";
import { lakeDiff } from "./measures/lake-diff.mjs";
import { pageWeight, workbenchWeight } from "./measures/page-weight.mjs";
import { pipelineBacklog } from "./measures/pipeline-backlog.mjs";
import { pipelineChain } from "./measures/pipeline-chain.mjs";
import { pipelineOverhead } from "./measures/pipeline-overhead.mjs";
import { pipelineProblems } from "./measures/pipeline-problems.mjs";
import { postgresToLake } from "./measures/postgres-to-lake.mjs";
import { queryOnTrino } from "./measures/query-on-trino.mjs";
import { queryToTable } from "./measures/query-to-table.mjs";
import { resultToGrid } from "./measures/result-to-grid.mjs";
import { sleepingRuns } from "./measures/sleeping-runs.mjs";
import { coldStart, firstStart, warmStart } from "./measures/start.mjs";
import { stepsOnTemporal } from "./measures/steps-on-temporal.mjs";
import { submitToFirstLog } from "./measures/submit-to-first-log.mjs";
import { webMemory } from "./measures/web-memory.mjs";

const measures = [
  warmStart,
  firstStart,
  coldStart,
  pageWeight,
  workbenchWeight,
  pipelineOverhead,
  submitToFirstLog,
  durableSteps,
  stepsOnTemporal,
  pipelineChain,
  pipelineBacklog,
  sleepingRuns,
  deciding,
  eventToPixel,
  postgresToLake,
  lakeDiff,
  completion,
  queryToTable,
  resultToGrid,
  gridAgainstJson,
  firstRows,
  anyRow,
  columnExplorer,
  webMemory,
  browserQuery,
  queryOnTrino,
  flowCanvas,
  pipelineProblems,
  cancel,
];
const measureTimeoutMs = 40 * 60_000;

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { cold: { type: "boolean" }, repeats: { type: "string" }, list: { type: "boolean" } },
});

function chosen() {
  const unknown = names.filter((name) => !measures.some((measure) => measure.name === name));
  if (unknown.length > 0) throw new Error(`no measure is called ${unknown.join(", ")}; see --list`);
  if (names.length > 0) return measures.filter(({ name }) => names.includes(name));
  return measures.filter(({ onRequest }) => !onRequest || options.cold);
}

const say = (text) => console.log(`  ${text}`);

async function take(measure, app) {
  const { name, title, goal, unit } = measure;
  console.log(`${name}: ${title}`);
  const common = { name, title, goal, unit, at: new Date().toISOString(), machine: machine() };
  const repeats = options.repeats === undefined ? measure.repeats : Number(options.repeats);
  const tooLong = new Promise((_, reject) => {
    setTimeout(() => reject(new Error("it took longer than 40 minutes")), measureTimeoutMs).unref();
  });
  try {
    const { value, samples, note } = await Promise.race([measure.measure({ repeats, say, app }), tooLong]);
    const result = {
      ...common,
      value: rounded(value),
      reached: goal === null || value <= goal,
      note,
      samples,
    };
    say(
      `${shown(value, unit)}${goal === null ? "" : `, goal ≤ ${shown(goal, unit)}: ${result.reached ? "reached" : "not reached"}`}`,
    );
    return result;
  } catch (error) {
    console.error(`  failed: ${error.message}`);
    return { ...common, value: null, reached: false, samples: {}, failure: error.message.split("\n")[0] };
  }
}

async function main() {
  if (options.list) {
    for (const { name, title } of measures) console.log(`${name.padEnd(22)} ${title}`);
    return;
  }
  const app = sharedApp(say);
  const taken = [];
  for (const measure of chosen()) taken.push(await take(measure, app));
  await writeReport(
    root,
    taken,
    measures.map(({ name }) => name),
  );
  process.exitCode = taken.some(({ value }) => value === null) ? 1 : 0;
}

process.once("SIGINT", () => cleanUp().finally(() => process.exit(130)));
process.once("SIGTERM", () => cleanUp().finally(() => process.exit(143)));
try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
await cleanUp();
process.exit();
