import { describe, expect, it } from "vitest";
import { parsePipeline } from "../../../domain/pipelines/document/parse-pipeline";
import type { RunView } from "../../../domain/pipelines/run-view";
import { applyRunChange } from "../../../domain/pipelines/watch/apply-run-change";
import type { RunChange } from "../../../domain/pipelines/watch/run-change";
import { getRun } from "../get-run";
import { memoryPipelineStore } from "../memory-pipeline-store";
import type { PipelineScope } from "../pipeline-scope";
import { changedRows } from "./changed-rows";
import { followChanges } from "./follow-changes";
import { getRunGrid } from "./get-run-grid";
import type { RowRevision } from "./watch-store";

const at = new Date("2026-01-02T03:04:05Z");
const later = new Date("2026-01-02T03:04:15Z");
const config = { sql: "SELECT 1", target_table: "a.b.c", write_mode: "overwrite" };

async function world(taskIds: string[]) {
  const store = memoryPipelineStore();
  const scope: PipelineScope = {
    workspace: { id: "w", slug: "w", name: "w" },
    role: "viewer",
    actor: { id: "u", name: "Ann" },
    clock: { now: () => new Date() },
    store,
  };
  const save = async (ids: string[]) => {
    const tasks = ids.map((task_id) => ({ task_id, type: "sql_execute", config }));
    const parsed = parsePipeline({ pipeline_id: "p", name: "P", tasks });
    if (!parsed.ok) throw new Error("the document is wrong");
    return store.savePipeline("w", parsed.document, false, "Ann");
  };
  const start = (id: string, pipelineVersion: number, ids: string[]) =>
    store.createRun({
      id,
      workspaceId: "w",
      pipelineId: "p",
      pipelineVersion,
      startedBy: "Ann",
      rerunOf: null,
      createdAt: at,
      tasks: ids.map((taskId) => ({ taskId, type: "sql_execute", reused: null })),
    });
  await start("r", await save(taskIds), taskIds);
  return { store, scope, save, start };
}

describe("followChanges", () => {
  it("tells the whole run once, then the tasks that changed, and ends with the final state", async () => {
    const { store, scope } = await world(["a", "b", "m"]);
    const changes = followChanges(scope, { runId: "r" }, new AbortController().signal, 1);
    const next = async (): Promise<RunChange | undefined> => (await changes.next()).value ?? undefined;
    let held: RunView | null = null;
    const first = await next();
    expect(first).toMatchObject({
      isWhole: true,
      run: { status: "queued", queue: { running: 0, ahead: 0 } },
    });
    held = first ? applyRunChange(held, first) : null;

    await store.beginRun("r", at);
    const begun = await next();
    expect(begun).toMatchObject({ isWhole: false, tasks: [], run: { status: "running", queue: null } });
    held = begun ? applyRunChange(held, begun) : null;

    await store.startAttempt({ runId: "r", taskId: "b", attempt: 1 }, at, false);
    await store.setProgress({ runId: "r", taskId: "b", attempt: 1 }, "half");
    await store.addChildren("r", "m", "http", ["x", "y"]);
    const started = await next();
    expect(started?.tasks.map(({ taskId }) => taskId).sort()).toEqual(["b", "m[0]", "m[1]"]);
    held = started ? applyRunChange(held, started) : null;

    await store.endTasks("r", [{ task: "m[1]", status: "failed" }], later);
    await store.cancelRun("r", "Ann", later);
    const last = await next();
    expect(last).toMatchObject({ isWhole: false, run: { status: "cancelled" } });
    held = last ? applyRunChange(held, last) : null;
    expect((await changes.next()).done).toBe(true);
    expect(held).toEqual(await getRun(scope, { runId: "r" }));
    expect(held?.tasks.map(({ taskId, status }) => `${taskId} ${status}`)).toEqual([
      "a skipped",
      "b cancelled",
      "m skipped",
      "m[0] skipped",
      "m[1] failed",
    ]);
  });

  it("says how many runs go first while a run is queued", async () => {
    const { store, scope, start } = await world(["a"]);
    await store.beginRun("r", at);
    await start("r2", 1, ["a"]);
    await start("r3", 1, ["a"]);
    expect(await getRun(scope, { runId: "r3" })).toMatchObject({
      queue: { running: 1, ahead: 1 },
      previous: { id: "r2", number: 2 },
    });
  });
});

describe("changedRows", () => {
  it("finds a row whose smaller revision shows later than a larger one, and tells nothing twice", async () => {
    let rows: RowRevision[] = [{ taskId: "a", attempt: 0, revision: 1 }];
    const reads: number[] = [];
    const changed = changedRows(async (after) => {
      reads.push(after);
      return rows.filter(({ revision }) => revision > after);
    });
    expect(await changed.look(100_000, true)).toEqual(["a"]);
    rows = [...rows, { taskId: "b", attempt: 1, revision: 9 }];
    expect(await changed.look(100_200, false)).toEqual(["b"]);
    rows = [...rows, { taskId: "c", attempt: 0, revision: 5 }];
    expect(await changed.look(100_400, false)).toEqual(["c"]);
    expect(await changed.look(102_500, false)).toEqual([]);
    expect(await changed.look(102_700, false)).toEqual([]);
    expect(reads.at(-1)).toBe(9);
    // Out of the overlap: found by the look at all rows.
    rows = [...rows, { taskId: "d", attempt: 0, revision: 3 }];
    expect(await changed.look(103_000, false)).toEqual([]);
    expect(await changed.look(115_100, false)).toEqual(["d"]);
  });
});

describe("getRunGrid", () => {
  it("has a column for each run, and rows for tasks that only older versions had", async () => {
    const { store, scope, save, start } = await world(["a", "old"]);
    await store.beginRun("r", at);
    await store.startAttempt({ runId: "r", taskId: "a", attempt: 1 }, at, false);
    await store.addChildren("r", "a", "http", [1, 2]);
    await store.endTasks("r", [{ task: "a", status: "failed" }], later);
    await start("r2", await save(["new", "a"]), ["new", "a"]);
    const grid = await getRunGrid(scope, { pipelineId: "p", runs: 36 });
    expect(grid.runs.map(({ number }) => number)).toEqual([1, 2]);
    expect(grid.tasks).toEqual([
      { taskId: "new", type: "sql_execute", states: [null, "queued"], ms: [null, null] },
      { taskId: "a", type: "sql_execute", states: ["failed", "queued"], ms: [10_000, null] },
      { taskId: "old", type: "sql_execute", states: ["queued", null], ms: [null, null] },
    ]);
    expect(await getRunGrid(scope, { pipelineId: "none", runs: 36 })).toEqual({ runs: [], tasks: [] });
  });
});
