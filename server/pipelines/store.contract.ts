import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePipeline } from "../../domain/pipelines/document/parse-pipeline";
import type { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { scratchDatabase } from "../db/scratch-database";
import { memoryPipelineStore } from "./memory-pipeline-store";
import type { NewRun, PipelineStore } from "./run-store";
import { prismaPipelineStore } from "./store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const at = new Date("2026-01-02T03:04:05Z");
const later = new Date("2026-01-02T03:05:05Z");

function documentNamed(name: string): PipelineDocument {
  const config = { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" };
  const parsed = parsePipeline({
    pipeline_id: "p",
    name,
    tasks: [
      { task_id: "b", type: "sql_execute", depends_on: ["a"], config },
      { task_id: "a", type: "sql_execute", config },
    ],
  });
  if (!parsed.ok) throw new Error("the document is wrong");
  return parsed.document;
}

const newRun = (workspaceId: string, more: Partial<NewRun> = {}): NewRun => ({
  id: randomUUID(),
  workspaceId,
  pipelineId: "p",
  pipelineVersion: 1,
  startedBy: "Ann",
  rerunOf: null,
  createdAt: at,
  tasks: ["a", "b"].map((taskId) => ({ taskId, type: "sql_execute", reused: null })),
  ...more,
});

/** What every store of this room promises; each case has a workspace of its own. */
function pipelineStoreContract(open: () => Promise<PipelineStore>) {
  let store: PipelineStore;
  beforeAll(async () => {
    store = await open();
  });
  const prepared = async (more: Partial<NewRun> = {}) => {
    const run = newRun(randomUUID(), more);
    await store.savePipeline(run.workspaceId, documentNamed("P"), false, "Ann");
    await store.createRun(run);
    return run;
  };

  it("counts versions up, keeps drafts aside and makes none for an equal document", async () => {
    const workspaceId = randomUUID();
    const save = (name: string, draft = false) =>
      store.savePipeline(workspaceId, documentNamed(name), draft, "Ann");
    expect(await save("one")).toBe(1);
    expect(await save("one")).toBe(1);
    expect(await save("two")).toBe(2);
    expect(await save("three", true)).toBe(3);
    expect(await store.pipeline(workspaceId, "p")).toMatchObject({ version: 2, document: { name: "two" } });
    expect((await store.pipelines(workspaceId)).map((each) => each.version)).toEqual([2]);
    expect(await store.pipeline(randomUUID(), "p")).toBeNull();
  });

  it("gives runs that are made at once numbers of their own, and an equal id once", async () => {
    const first = await prepared();
    const more = Array.from({ length: 5 }, () => newRun(first.workspaceId));
    await Promise.all([...more, ...more].map((run) => store.createRun(run)));
    const runs = await store.runs(first.workspaceId, { limit: 20 });
    expect(runs.map((run) => run.number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("never leaves a final state, whatever arrives late", async () => {
    const { id } = await prepared();
    await store.beginRun(id, at);
    const key = { runId: id, taskId: "a", attempt: 1 };
    await store.startAttempt(key, at, false);
    expect(await store.endedRuns([id])).toEqual(new Map());
    expect(await store.cancelRun(id, "Ann", later)).toBe(true);
    expect(await store.cancelRun(id, "Ann", later)).toBe(false);
    const done = { status: "succeeded" as const, outputs: { items: 3 }, inputs: [], endsTask: true };
    expect(await store.endAttempt(key, done, "done", later)).toEqual({ status: "cancelled" });
    await store.endTasks(id, [{ task: "a", status: "succeeded" }], later);
    expect(await store.startAttempt({ ...key, taskId: "b" }, later, false)).toBeNull();
    expect(await store.startAttempt({ ...key, attempt: 2 }, later, false)).toBeNull();
    await store.endRun(id, { status: "succeeded", error: null, warning: null }, later);
    expect(await store.beginRun(id, later)).toBeNull();
    const run = await store.run(id);
    expect(run?.status).toBe("cancelled");
    expect(run?.tasks.map((task) => task.status)).toEqual(expect.arrayContaining(["cancelled", "skipped"]));
    expect(run?.tasks.find((task) => task.taskId === "a")).toMatchObject({
      outputs: {},
      attempts: [{ status: "cancelled" }],
    });
    expect(await store.endedRuns([id])).toEqual(new Map([[id, "cancelled"]]));
  });

  it("keeps the first of two equal acts", async () => {
    const { id } = await prepared();
    const key = { runId: id, taskId: "a", attempt: 1 };
    expect(await store.beginRun(id, at)).toMatchObject({
      startedAt: at,
      facts: { id, number: 1 },
      reused: [],
    });
    expect(await store.beginRun(id, later)).toMatchObject({ startedAt: at });
    expect(await store.startAttempt(key, at, false)).toMatchObject({ startedAt: at, isNew: true });
    expect(await store.startAttempt(key, later, true)).toMatchObject({
      startedAt: at,
      grantedAt: at,
      isNew: false,
      ended: null,
    });
    const done = { status: "succeeded" as const, outputs: { chosen: ["b"] }, inputs: [], endsTask: true };
    const outcome = { status: "succeeded", chosen: ["b"] };
    expect(await store.endAttempt(key, done, null, later)).toEqual(outcome);
    expect(await store.endAttempt(key, { status: "cancelled" }, null, later)).toEqual(outcome);
    expect(await store.startAttempt(key, later, false)).toMatchObject({ ended: { outcome, at: later } });
    const run = await store.run(id);
    expect([run?.startedAt, run?.tasks.find((task) => task.taskId === "a")?.startedAt]).toEqual([at, at]);
  });

  it("keeps errors, outputs, steps and progress as they came", async () => {
    const { id } = await prepared();
    const key = { runId: id, taskId: "a", attempt: 1 };
    const error = { code: "engine_failed", message: "KeyError", hint: null, detail: "Traceback" };
    await store.beginRun(id, at);
    await store.startAttempt(key, at, false);
    await store.setJob(key, "job-1");
    await store.setProgress(key, "half");
    await store.recordStep(key, "submit", { jobId: "job-1" });
    await store.recordStep(key, "submit", { jobId: "other" });
    await store.recordStep(key, "follow", null);
    expect([...(await store.steps(key))].sort()).toEqual([
      ["follow", null],
      ["submit", { jobId: "job-1" }],
    ]);
    const failed = { status: "failed" as const, error, kind: "lost" as const };
    expect(await store.endAttempt(key, failed, null, later)).toEqual(failed);
    expect(await store.startAttempt(key, later, false)).toMatchObject({ ended: { outcome: failed } });
    await store.setProgress(key, "late");
    await store.pauseTask(id, "a");
    expect((await store.run(id))?.tasks.find((task) => task.taskId === "a")?.status).toBe("retrying");
    await store.startAttempt({ ...key, attempt: 2 }, later, false);
    const outputs = { tables: [{ name: "a.b.c", rowCount: 3 }], metrics: { wape: 0.2 } };
    const inputs = [{ kind: "table" as const, name: "a.b.c", version: "7" }];
    const done = { status: "succeeded" as const, outputs, inputs, endsTask: true };
    await store.endAttempt({ ...key, attempt: 2 }, done, "wrote 3 rows", later);
    expect((await store.run(id))?.tasks.find((task) => task.taskId === "a")).toMatchObject({
      status: "succeeded",
      outputs,
      startedAt: at,
      endedAt: later,
      attempts: [
        { number: 1, jobId: "job-1", progress: "half", status: "failed", error },
        { number: 2, progress: "wrote 3 rows", status: "succeeded" },
      ],
    });
    expect((await store.inputsOf(id)).get("a")).toEqual(inputs);
    expect((await store.taskSteps(id, "a")).map(({ name }) => name)).toEqual(["submit", "follow"]);
  });

  it("makes a map's children once, each with its item, and gathers what they gave", async () => {
    const { id } = await prepared();
    await store.beginRun(id, at);
    await store.startAttempt({ runId: id, taskId: "a", attempt: 1 }, at, false);
    const items = Array.from({ length: 11 }, (_, n) => ({ n }));
    await store.addChildren(id, "a", "http", items);
    await store.addChildren(id, "a", "http", items);
    const key = { runId: id, taskId: "a[10]", attempt: 1 };
    expect(await store.startAttempt(key, at, true)).toMatchObject({ item: { n: 10 }, grantedAt: null });
    const made = { status: "succeeded" as const, outputs: { values: { x: 1 } }, inputs: [], endsTask: true };
    await store.endAttempt(key, made, null, later);
    await store.endTasks(id, [{ task: "a[9]", status: "skipped", because: "sibling_failed" }], later);
    const children = (await store.run(id))?.tasks.filter(({ childOf }) => childOf === "a");
    expect(children?.map(({ taskId }) => taskId)).toEqual(items.map((_, n) => `a[${n}]`));
    expect(children?.slice(9)).toMatchObject([
      { status: "skipped", because: "sibling_failed", outputs: { item: { n: 9 } } },
      { status: "succeeded", type: "http", outputs: { item: { n: 10 }, values: { x: 1 } } },
    ]);
    expect((await store.childOutputs(id, "a")).map(({ values }) => values?.x ?? null)).toEqual([
      ...Array(10).fill(null),
      1,
    ]);
  });

  it("shows the error of the task that failed first, and skips what is left", async () => {
    const { id } = await prepared();
    await store.beginRun(id, at);
    const key = { runId: id, taskId: "a", attempt: 1 };
    await store.startAttempt(key, at, false);
    const error = { code: "engine_failed", message: "no rows", hint: null, detail: null };
    await store.endAttempt(key, { status: "failed", error, kind: "final" }, null, at);
    await store.endTasks(id, [{ task: "a", status: "failed" }], at);
    await store.endRun(id, { status: "failed", error: null, warning: null }, later);
    const run = await store.run(id);
    expect(run).toMatchObject({ status: "failed", error, endedAt: later });
    expect(run?.tasks.map(({ taskId, status }) => [taskId, status]).sort()).toEqual([
      ["a", "failed"],
      ["b", "skipped"],
    ]);
  });

  it("takes over the outputs of reused tasks", async () => {
    const outputs = { tables: [{ name: "a.b.c", rowCount: 3 }] };
    const { id } = await prepared({
      tasks: [
        { taskId: "a", type: "sql_execute", reused: outputs },
        { taskId: "b", type: "sql_execute", reused: null },
      ],
    });
    const run = await store.run(id);
    expect(run?.tasks.find((task) => task.taskId === "a")).toMatchObject({
      status: "succeeded",
      reused: true,
      outputs,
    });
    expect(run?.tasks.find((task) => task.taskId === "b")).toMatchObject({ status: "queued", reused: false });
  });

  it("keeps each log line once and reads on behind any of them", async () => {
    const { id } = await prepared();
    const key = { runId: id, taskId: "a", attempt: 1 };
    const lines = [0, 2, 3].map((seq) => ({ seq, at, level: "info" as const, text: `line ${seq}` }));
    await store.appendLog(key, lines.slice(0, 2));
    await store.appendLog(key, lines);
    await store.appendLog({ ...key, attempt: 2 }, lines.slice(0, 1));
    expect(await store.nextLogSeq(key)).toBe(4);
    expect(await store.nextLogSeq({ ...key, attempt: 3 })).toBe(0);
    expect(await store.errorTexts(key)).toEqual([]);
    const places = async (after?: { attempt: number; seq: number }) =>
      (await store.logLines({ runId: id, taskId: "a", after, limit: 3 })).map(
        (line) => `${line.attempt}.${line.seq}`,
      );
    expect(await places()).toEqual(["1.0", "1.2", "1.3"]);
    expect(await places({ attempt: 1, seq: 2 })).toEqual(["1.3", "2.0"]);
    await store.startAttempt(key, at, false);
    const last = { seq: 4, at, level: "warn" as const, text: "last\0 \ud800" };
    await store.endAttempt(key, { status: "cancelled" }, null, later, [...lines, last]);
    const read = await store.logLines({ runId: id, taskId: "a", after: { attempt: 1, seq: 3 }, limit: 1 });
    expect(read).toMatchObject([{ seq: 4, at, level: "warn" }]);
    const newest = await store.logLines({ runId: id, taskId: "a", newest: true, limit: 3 });
    expect(newest.map((line) => `${line.attempt}.${line.seq}`)).toEqual(["1.3", "1.4", "2.0"]);
    const told = ["fine", "Traceback (most recent call last):", "ValueError: no"];
    const failed = { ...key, attempt: 3 };
    await store.appendLog(
      failed,
      told.map((text, seq) => ({ seq, at, level: "info" as const, text })),
    );
    expect(await store.errorTexts(failed)).toEqual(told.slice(1));
  });

  it("lists runs newest first, page after page", async () => {
    const first = await prepared();
    const second = newRun(first.workspaceId, { createdAt: later });
    await store.createRun(second);
    const ids = async (before?: string) =>
      (await store.runs(first.workspaceId, { before, limit: 1 })).map((run) => run.id);
    expect(await ids()).toEqual([second.id]);
    expect(await ids(second.id)).toEqual([first.id]);
    expect(await ids(first.id)).toEqual([]);
  });
}

describe("the pipeline store in memory", () => pipelineStoreContract(async () => memoryPipelineStore()));

describe.skipIf(serverUrl === "")("the pipeline store, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let drop: (() => Promise<void>) | undefined;
  afterAll(() => drop?.());
  pipelineStoreContract(async () => {
    const scratch = await scratchDatabase(serverUrl);
    drop = scratch.drop;
    return prismaPipelineStore(scratch.db);
  });
});
