/**
 * Changes of a run, written as the worker writes them: `run-changes-child.mjs <prepare|begin|change> <database URL>
 * <items> <milliseconds> <run>` sends its answer to its parent.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const [scenario, url, ...rest] = process.argv.slice(2);
const [count, overMs] = rest.map(Number);
const MAP = "each";

const SCENARIOS = { prepare, begin, change };
process.send(await SCENARIOS[scenario]());
process.exit(0);

async function prepare() {
  const { scratchDatabase } = await import("../server/db/scratch-database");
  return { databaseUrl: (await scratchDatabase(url)).url };
}

async function opened() {
  const { createPrismaClient } = await import("../server/db/client");
  const { prismaPipelineStore } = await import("../server/pipelines/index");
  const db = createPrismaClient(url);
  return { db, store: prismaPipelineStore(db) };
}

/** A run under way of a pipeline `changes` with one map, whose items wait. */
async function begin() {
  const { db, store } = await opened();
  const workspace = await db.workspace.findFirstOrThrow();
  const task = { type: "http", config: { method: "GET", url: "https://example.org/{{ item }}" } };
  const config = { over: Array.from({ length: count }, (_, at) => at), task };
  const tasks = [{ task_id: MAP, type: "map", config }];
  const document = { pipeline_id: "changes", name: "changes", tasks };
  const pipelineVersion = await store.savePipeline(workspace.id, document, false, "Bench");
  const runId = randomUUID();
  await store.createRun({
    id: runId,
    workspaceId: workspace.id,
    pipelineId: "changes",
    pipelineVersion,
    startedBy: "Bench",
    rerunOf: null,
    createdAt: new Date(),
    tasks: [{ taskId: MAP, type: "map", reused: null }],
  });
  await store.beginRun(runId, new Date());
  await store.startAttempt({ runId, taskId: MAP, attempt: 1 }, new Date(), false);
  await store.addChildren(runId, MAP, "http", config.over);
  return { workspace: workspace.slug, runId };
}

/** Begins and ends each item at its time, evenly over the whole; when each of these writes began, in their order. */
async function change() {
  const { store } = await opened();
  const runId = rest[2];
  const from = Date.now() + 500;
  const [begun, ended] = [[], []];
  const each = Array.from({ length: count }, async (_, at) => {
    const key = { runId, taskId: `${MAP}[${at}]`, attempt: 1 };
    await sleep(from + (at * overMs) / count - Date.now());
    begun.push(Date.now());
    await store.startAttempt(key, new Date(), false);
    ended.push(Date.now());
    const end = { status: "succeeded", outputs: {}, inputs: [], endsTask: true };
    await store.endAttempt(key, end, null, new Date());
  });
  await Promise.all(each);
  const byTime = (one, other) => one - other;
  return { begun: begun.sort(byTime), ended: ended.sort(byTime) };
}
