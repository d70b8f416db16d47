import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePipeline } from "../../domain/pipelines/parse-pipeline";
import type { PipelineDocument } from "../../domain/pipelines/pipeline-document";
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
    expect(await store.waitsForEarlierRun(first.id)).toBe(false);
    expect(await store.waitsForEarlierRun(more[0]?.id ?? "")).toBe(true);
  });

  it("never leaves a final state, whatever arrives late", async () => {
    const { id } = await prepared();
    await store.startRun(id, at);
    await store.startTask(id, "a", at);
    const key = { runId: id, taskId: "a", attempt: 1 };
    await store.startAttempt(key, at);
    expect(await store.cancelRun(id, "Ann", later)).toBe(true);
    expect(await store.cancelRun(id, "Ann", later)).toBe(false);
    await store.endAttempt(key, "succeeded", null, later);
    await store.endTask(id, "a", "succeeded", { facts: [] }, later);
    await store.startTask(id, "b", later);
    await store.endRun(id, "succeeded", null, later);
    const run = await store.run(id);
    expect(run?.status).toBe("cancelled");
    expect(run?.tasks.map((task) => task.status)).toEqual(expect.arrayContaining(["cancelled", "skipped"]));
    expect(run?.tasks.find((task) => task.taskId === "a")).toMatchObject({
      outputs: {},
      attempts: [{ status: "cancelled" }],
    });
    expect(await store.unfinishedRuns()).not.toContain(id);
  });

  it("keeps the first of two equal acts", async () => {
    const { id } = await prepared();
    const key = { runId: id, taskId: "a", attempt: 1 };
    await store.startRun(id, at);
    await store.startRun(id, later);
    await store.startTask(id, "a", at);
    await store.startTask(id, "a", later);
    expect(await store.startAttempt(key, at)).toEqual(at);
    expect(await store.startAttempt(key, later)).toEqual(at);
    const run = await store.run(id);
    expect([run?.startedAt, run?.tasks.find((task) => task.taskId === "a")?.startedAt]).toEqual([at, at]);
  });

  it("keeps errors, outputs and progress as they came", async () => {
    const { id } = await prepared();
    const key = { runId: id, taskId: "a", attempt: 1 };
    const error = { code: "engine_failed", message: "KeyError", hint: null, detail: "Traceback" };
    await store.startTask(id, "a", at);
    await store.startAttempt(key, at);
    await store.setJob(key, "job-1");
    await store.setProgress(key, "half");
    await store.endAttempt(key, "failed", error, later);
    await store.setProgress(key, "late");
    await store.retryTask(id, "a");
    await store.startTask(id, "a", later);
    const outputs = { tables: [{ name: "a.b.c", rowCount: 3 }], metrics: { wape: 0.2 } };
    await store.endTask(id, "a", "succeeded", outputs, later);
    expect((await store.run(id))?.tasks.find((task) => task.taskId === "a")).toMatchObject({
      status: "succeeded",
      outputs,
      startedAt: at,
      endedAt: later,
      attempts: [{ number: 1, jobId: "job-1", progress: "half", status: "failed", error }],
    });
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
    await store.startAttempt(key, at);
    await store.startAttempt({ ...key, attempt: 2 }, at);
    const lines = [0, 2, 3].map((seq) => ({ seq, at, level: "info" as const, text: `line ${seq}` }));
    await store.appendLog(key, lines.slice(0, 2));
    await store.appendLog(key, lines);
    await store.appendLog({ ...key, attempt: 2 }, lines.slice(0, 1));
    expect(await store.nextLogSeq(key)).toBe(4);
    expect(await store.nextLogSeq({ ...key, attempt: 3 })).toBe(0);
    expect(await store.logTexts(key)).toEqual(["line 0", "line 2", "line 3"]);
    const places = async (after?: { attempt: number; seq: number }) =>
      (await store.logLines({ runId: id, taskId: "a", after, limit: 3 })).map(
        (line) => `${line.attempt}.${line.seq}`,
      );
    expect(await places()).toEqual(["1.0", "1.2", "1.3"]);
    expect(await places({ attempt: 1, seq: 2 })).toEqual(["1.3", "2.0"]);
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
