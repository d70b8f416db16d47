import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePipeline } from "../../../domain/pipelines/document/parse-pipeline";
import type { RunView } from "../../../domain/pipelines/run-view";
import { applyRunChange } from "../../../domain/pipelines/watch/apply-run-change";
import type { PrismaClient } from "../../db/client";
import { scratchDatabase } from "../../db/scratch-database";
import { getRun } from "../get-run";
import { memoryPipelineStore } from "../memory-pipeline-store";
import type { PipelineScope } from "../pipeline-scope";
import type { PipelineStore } from "../run-store";
import { prismaPipelineStore } from "../store";
import { followChanges } from "./follow-changes";
import { getRunGrid } from "./get-run-grid";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const at = new Date("2026-01-02T03:04:05Z");
const later = new Date("2026-01-02T03:04:15Z");
const config = { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" };

function documentOf(ids: string[]) {
  const tasks = ids.map((task_id) => ({ task_id, type: "sql_execute", config }));
  const parsed = parsePipeline({ pipeline_id: "p", name: "P", tasks });
  if (!parsed.ok) throw new Error("the document is wrong");
  return parsed.document;
}

const scopeOf = (store: PipelineStore, workspaceId: string): PipelineScope => ({
  workspace: { id: workspaceId, slug: workspaceId, name: workspaceId },
  role: "viewer",
  actor: { id: "u", name: "Ann" },
  clock: { now: () => new Date() },
  store,
});

const newRun = (workspaceId: string, pipelineVersion: number, ids: string[]) => ({
  id: randomUUID(),
  workspaceId,
  pipelineId: "p",
  pipelineVersion,
  startedBy: "Ann",
  rerunOf: null,
  createdAt: new Date(),
  tasks: ids.map((taskId) => ({ taskId, type: "sql_execute", reused: null })),
});

/** What the page of a run and the grid of runs promise, whatever keeps the runs. */
function watchContract(open: () => Promise<PipelineStore>) {
  let store: PipelineStore;
  beforeAll(async () => {
    store = await open();
  });

  it("tells a follower each change, attempts and new items too, up to the final state", async () => {
    const workspaceId = randomUUID();
    const scope = scopeOf(store, workspaceId);
    await store.savePipeline(workspaceId, documentOf(["a", "m"]), false, "Ann");
    const run = newRun(workspaceId, 1, ["a", "m"]);
    await store.createRun(run);
    const changes = followChanges(scope, { runId: run.id }, new AbortController().signal, 1);
    let held: RunView | null = null;
    const take = async () => {
      const { value } = await changes.next();
      if (value) held = applyRunChange(held, value);
      return value;
    };
    expect(await take()).toMatchObject({ isWhole: true, run: { status: "queued", queue: { ahead: 0 } } });
    await store.beginRun(run.id, at);
    await take();
    const key = { runId: run.id, taskId: "a", attempt: 1 };
    await store.startAttempt(key, at, false);
    expect((await take())?.tasks).toMatchObject([{ taskId: "a" }]);
    await store.addChildren(run.id, "m", "http", ["x", "y"]);
    await store.setProgress(key, "half");
    await store.cancelRun(run.id, "Ann", later);
    while (await take());
    expect(held).toEqual(await getRun(scope, { runId: run.id }));
    expect(held).toMatchObject({
      status: "cancelled",
      tasks: [
        { taskId: "a", status: "cancelled", attempts: [{ progress: "half" }] },
        { taskId: "m", status: "skipped" },
        { taskId: "m[0]", childOf: "m", outputs: { item: "x" } },
        { taskId: "m[1]", childOf: "m" },
      ],
    });
  });

  it("makes a grid of the last runs, and tells what goes before a run that waits, and what started one", async () => {
    const workspaceId = randomUUID();
    const scope = scopeOf(store, workspaceId);
    await store.savePipeline(workspaceId, documentOf(["a", "old"]), false, "Ann");
    const first = newRun(workspaceId, 1, ["a", "old"]);
    await store.createRun(first);
    await store.beginRun(first.id, at);
    await store.startAttempt({ runId: first.id, taskId: "a", attempt: 1 }, at, false);
    await store.addChildren(first.id, "a", "http", [1, 2]);
    await store.endTasks(first.id, [{ task: "a", status: "failed" }], later);
    await store.savePipeline(workspaceId, documentOf(["new", "a"]), false, "Ann");
    await store.createRun(newRun(workspaceId, 2, ["new", "a"]));
    const third = newRun(workspaceId, 2, ["new", "a"]);
    await store.createRun(third);
    const grid = await getRunGrid(scope, { pipelineId: "p", runs: 2 });
    expect(grid.runs.map(({ number }) => number)).toEqual([2, 3]);
    expect(grid.tasks.map(({ taskId }) => taskId)).toEqual(["new", "a"]);
    const { tasks } = await getRunGrid(scope, { pipelineId: "p", runs: 36 });
    expect(tasks).toEqual([
      { taskId: "new", type: "sql_execute", states: [null, "queued", "queued"], ms: [null, null, null] },
      { taskId: "a", type: "sql_execute", states: ["failed", "queued", "queued"], ms: [10_000, null, null] },
      { taskId: "old", type: "sql_execute", states: ["queued", null, null], ms: [null, null, null] },
    ]);
    expect(await getRun(scope, { runId: third.id })).toMatchObject({
      queue: { running: 1, ahead: 1 },
      previous: { number: 2 },
      parent: null,
    });
    const child = { ...newRun(workspaceId, 2, ["a"]), trigger: "pipeline" as const, parentRunId: first.id };
    await store.createRun(child);
    const parent = { id: first.id, number: 1, pipelineId: "p" };
    expect((await getRun(scope, { runId: child.id })).parent).toEqual({ ...parent, taskId: null });
    await store.setJob({ runId: first.id, taskId: "a", attempt: 1 }, child.id);
    expect((await getRun(scope, { runId: child.id })).parent).toEqual({ ...parent, taskId: "a" });
  });
}

describe("what watches runs, in memory", () => watchContract(async () => memoryPipelineStore()));

describe.skipIf(serverUrl === "")("what watches runs, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  let db: PrismaClient;
  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
    db = scratch.db;
  });
  afterAll(() => scratch?.drop());

  watchContract(async () => prismaPipelineStore(db));

  it("loses none of a thousand changes that come while it looks", async () => {
    const workspaceId = randomUUID();
    const store = prismaPipelineStore(db);
    await store.savePipeline(workspaceId, documentOf(["m"]), false, "Ann");
    const run = newRun(workspaceId, 1, ["m"]);
    await store.createRun(run);
    await store.beginRun(run.id, at);
    await store.addChildren(
      run.id,
      "m",
      "http",
      Array.from({ length: 1_000 }, (_, index) => index),
    );
    const told = new Set<string>();
    let held: RunView | null = null;
    const follow = async () => {
      const { signal } = new AbortController();
      for await (const change of followChanges(scopeOf(store, workspaceId), { runId: run.id }, signal, 1)) {
        held = applyRunChange(held, change);
        if (!change.isWhole) for (const { taskId } of change.tasks) told.add(taskId);
      }
    };
    const followed = follow();
    const ids = Array.from({ length: 1_000 }, (_, index) => `m[${index}]`);
    for (let from = 0; from < ids.length; from += 100) {
      // Two writers at a time, so that revisions are committed in another order than they were drawn.
      const parts = [ids.slice(from, from + 50), ids.slice(from + 50, from + 100)];
      const end = (part: string[]) => part.map((task) => ({ task, status: "succeeded" as const }));
      await Promise.all(parts.map((part) => store.endTasks(run.id, end(part), later)));
    }
    await store.endRun(run.id, { status: "succeeded", error: null, warning: null }, later);
    await followed;
    expect(held).toEqual(await getRun(scopeOf(store, workspaceId), { runId: run.id }));
    expect(ids.filter((id) => !told.has(id)).length).toBeLessThan(ids.length);
  });
});
