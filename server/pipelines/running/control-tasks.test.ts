import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { parsePipeline } from "../../../domain/pipelines/document/parse-pipeline";
import { isFinal } from "../../../domain/shared/is-final";
import { memoryLake } from "../../engines/memory/lake";
import { cancelRun } from "../cancel-run";
import { getRun } from "../get-run";
import { pipelineWorld } from "../pipeline-world";
import { startRun } from "../start-run";
import { actingScope } from "./acting-scope";

type Json = Record<string, unknown>;
const http = (id: string, more: Json = {}, config: Json = {}) => ({
  task_id: id,
  type: "http",
  config: { method: "GET", url: `https://example.org/${id}`, ...config },
  ...more,
});
const sql = (id: string, more: Json = {}, config: Json = {}) => ({
  task_id: id,
  type: "sql_execute",
  config: {
    sql: `SELECT '${id}'`,
    target_table: `analytics.derived.${id}`,
    write_mode: "overwrite",
    ...config,
  },
  ...more,
});
const task = (id: string, type: string, config: Json, more: Json = {}) => ({
  task_id: id,
  type,
  config,
  ...more,
});

async function begun(tasks: Json[], more: Json = {}, input: Json = {}) {
  const world = await pipelineWorld(memoryLake());
  const save = async (id: string, json: Json) => {
    const parsed = parsePipeline({ pipeline_id: id, name: id, ...json });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    await world.store.savePipeline("w", parsed.document, false, "Ann");
  };
  await save("p", { tasks, ...more });
  const scope = actingScope(world);
  const start = async () => (await startRun(scope, { pipelineId: "p", ...input })).id;
  const ended = async (id: string) => {
    const giveUpAt = Date.now() + 8_000;
    for (;;) {
      const run = await world.store.run(id);
      if (run !== null && isFinal(run.status)) return run;
      if (Date.now() > giveUpAt)
        throw new Error(`not ended: ${JSON.stringify(run)} ${world.bugs.map(String).join()}`);
      await sleep(2);
    }
  };
  return { world, scope, save, start, ended };
}
const ran = async (tasks: Json[], more: Json = {}, input: Json = {}) => {
  const { start, ended, world } = await begun(tasks, more, input);
  return { run: await ended(await start()), world };
};
const statuses = (run: { tasks: { taskId: string; status: string }[] }) =>
  Object.fromEntries(run.tasks.map((each) => [each.taskId, each.status]));

describe("tasks that steer a run", () => {
  it("fill expressions from parameters, from the run and from what went before", async () => {
    const { run, world } = await ran(
      [
        sql("load"),
        http(
          "ask",
          { depends_on: ["load"] },
          {
            method: "POST",
            url: "https://example.org/{{ parameters.path }}",
            body: { rows: "{{ tasks.load.outputs.rows }}", day: "{{ run.date }}" },
          },
        ),
      ],
      { parameters: { path: "a", unused: 1 } },
      { parameters: { path: "b" } },
    );
    expect(run.status).toBe("succeeded");
    expect(world.requests[0]).toMatchObject({
      url: "https://example.org/b",
      body: expect.stringMatching(/^\{"rows":7,"day":"\d{4}-\d\d-\d\d"\}$/),
      headers: { "Idempotency-Key": `${run.id}:ask` },
    });
  });

  it("fail with the expression where it has no value, and say which parameters there are", async () => {
    const { run } = await ran([http("ask", {}, { url: "https://example.org/{{ parameters.none }}" })]);
    expect(run.error).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("parameters.none has no value"),
    });
    await expect(ran([http("a")], { parameters: { b: 1 } }, { parameters: { c: 1 } })).rejects.toMatchObject({
      code: "invalid_input",
      hint: "Its parameters: b.",
    });
  });

  it("choose what goes on behind a branch", async () => {
    const { run } = await ran([
      sql("load"),
      task(
        "choose",
        "branch",
        // biome-ignore lint/suspicious/noThenProperty: documents call it so
        { cases: [{ when: "tasks.load.outputs.rows > 100", then: ["many"] }], otherwise: ["few"] },
        { depends_on: ["load"] },
      ),
      http("many", { depends_on: ["choose"] }),
      http("few", { depends_on: ["choose"] }),
      http("last", { depends_on: ["many", "few"] }),
    ]);
    expect(statuses(run)).toEqual({
      load: "succeeded",
      choose: "succeeded",
      many: "skipped",
      few: "succeeded",
      last: "succeeded",
    });
    expect(run.status).toBe("succeeded");
    expect(run.tasks.find(({ taskId }) => taskId === "many")?.because).toBe("not_chosen");
  });

  it("run a task for each item, a few at a time, and give on what all of them gave", async () => {
    const { run, world } = await ran(
      [
        task("each", "map", {
          over: "{{ parameters.names }}",
          max_parallel: 2,
          task: { type: "http", config: { url: "https://example.org/{{ item }}/{{ index }}" } },
        }),
        http(
          "after",
          { depends_on: ["each"] },
          {
            method: "POST",
            body: "{{ tasks.each.outputs.results.map(r, r.status) }}",
          },
        ),
      ],
      { parameters: { names: ["a", "b", "c"] } },
    );
    expect(run.error).toBeNull();
    expect(world.requests.map(({ url }) => url).sort()).toEqual([
      "https://example.org/a/0",
      "https://example.org/after",
      "https://example.org/b/1",
      "https://example.org/c/2",
    ]);
    expect(world.requests.at(-1)?.body).toBe("[200,200,200]");
    expect(run.tasks.filter(({ childOf }) => childOf === "each").map(({ outputs }) => outputs.item)).toEqual([
      "a",
      "b",
      "c",
    ]);
  });

  it("run another pipeline and cancel it with themselves; one that runs itself is refused", async () => {
    const { world, scope, save, start, ended } = await begun([
      task("child", "sub_pipeline", { pipeline_id: "c", parameters: { n: 2 } }),
    ]);
    await save("c", {
      tasks: [http("ask", {}, { url: "https://example.org/{{ parameters.n }}" })],
      parameters: { n: 1 },
    });
    const first = await ended(await start());
    expect(first).toMatchObject({ status: "succeeded", tasks: [{ outputs: { values: { run_number: 1 } } }] });
    expect(world.requests.map(({ url }) => url)).toEqual(["https://example.org/2"]);
    const childId = first.tasks[0]?.attempts[0]?.jobId ?? "";
    expect(first.tasks[0]?.attempts[0]?.progress).toBe("run 1 of c succeeded");
    expect((await getRun(scope, { runId: childId })).parent).toEqual({
      id: first.id,
      number: 1,
      pipelineId: "p",
      taskId: "child",
    });

    await save("c", { tasks: [sql("slow")] });
    world.behaviour.writeMs = 60_000;
    const id = await start();
    const child = async () => (await world.store.runs("w", { pipelineId: "c", limit: 1 }))[0];
    while ((await child())?.status !== "running") await sleep(2);
    await cancelRun(scope, { runId: id });
    expect(await ended((await child())?.id ?? "")).toMatchObject({ status: "cancelled" });

    await save("c", { tasks: [task("back", "sub_pipeline", { pipeline_id: "p" })] });
    const run = await ended(await start());
    expect(run.error?.message).toContain("was not successful");
    expect(await ended((await child())?.id ?? "")).toMatchObject({
      error: { message: "These pipelines run each other: p → c → p." },
    });
  });

  it("sync connections, and cancel the syncs at the end of their time", async () => {
    const sync = task("sync", "ingestion_trigger", { connections: ["shop", "stock"] });
    const done = await ran([sync]);
    expect(done.run.tasks[0]?.outputs).toMatchObject({
      tables: [{ name: "lake.shop.rows", rowCount: 5 }, { name: "lake.stock.rows" }],
      values: { rows: 10 },
    });
    const { world, start, ended } = await begun([
      task("sync", "ingestion_trigger", { connections: ["shop"], timeout: "50ms" }),
    ]);
    world.behaviour.sync = () => ({ isEnded: false });
    expect((await ended(await start())).error).toMatchObject({
      code: "timed_out",
      message: "The syncs took longer than 50ms.",
    });
    expect([...world.syncs.values()]).toEqual([{ connection: "shop", isCancelled: true }]);
  });

  it("keep a JSON answer, fill secrets into headers alone and mask them, and tell what may pass from what may not", async () => {
    const asked = http(
      "ask",
      { retry_policy: { max_attempts: 2, initial_interval: "1ms" } },
      {
        headers: { Authorization: "Bearer $" + "{TOKEN}" },
      },
    );
    const { world, start, ended } = await begun([asked]);
    world.secrets.set("TOKEN", "open-sesame");
    let calls = 0;
    world.behaviour.answer = () => {
      calls += 1;
      const body = JSON.stringify({ said: "open-sesame", n: [1] });
      return { status: calls === 1 ? 503 : 200, contentType: "application/json", body, isCut: false };
    };
    const run = await ended(await start());
    expect(run.tasks[0]?.outputs.values).toEqual({ status: 200, body: { said: "******", n: [1] } });
    expect(run.tasks[0]?.attempts.map(({ status }) => status)).toEqual(["failed", "succeeded"]);
    expect(new Set(world.requests.map(({ headers }) => headers.Authorization))).toEqual(
      new Set(["Bearer open-sesame"]),
    );
    expect(JSON.stringify(run)).not.toContain("open-sesame");
    world.behaviour.answer = () => ({ status: 404, contentType: null, body: "gone", isCut: false });
    const lost = await ended(await start());
    expect(lost.tasks[0]?.attempts).toHaveLength(1);
    expect(lost.error).toMatchObject({ message: expect.stringContaining("404"), detail: "gone" });
  });

  it("put a table back that a failed task wrote, and no other's", async () => {
    const {
      start,
      ended,
      world: own,
    } = await begun([sql("t")], {
      failure_handling: { task_level: { t: "rollback_to_previous" } },
    });
    await ended(await start());
    const before = (await own.catalog.find("w", "analytics.derived.t"))?.snapshotId ?? "";
    const { commit } = own.sockets.tableCatalog;
    own.sockets.tableCatalog.commit = async (workspaceId, wanted) => {
      await commit(workspaceId, wanted);
      throw new Error("broke off behind the commit");
    };
    const run = await ended(await start());
    expect(run.status).toBe("failed");
    const snapshots = (await own.catalog.snapshots("w", "analytics.derived.t", { limit: 10 })).items;
    expect(snapshots.map(({ rollbackTo }) => rollbackTo)).toEqual([before, null, null]);
  });

  it("wait for a place where their type is limited, the more important run first", async () => {
    const { world, scope, start, ended } = await begun([sql("a")], { max_active_runs: 10 });
    world.limits.push({ workspaceId: "w", kind: "type", name: "sql_execute", most: 1 });
    world.behaviour.writeMs = 100;
    const first = await start();
    const taskOf = async (id: string) => (await world.store.run(id))?.tasks[0];
    while ((await taskOf(first))?.status !== "running") await sleep(1);
    const second = await start();
    const urgent = (await startRun(scope, { pipelineId: "p", priority: 9 })).id;
    while ((await taskOf(urgent))?.waits == null || (await taskOf(second))?.waits == null) await sleep(1);
    expect((await taskOf(urgent))?.waits).toBe("waits for the one place for sql_execute");
    const runs = await Promise.all([first, second, urgent].map(ended));
    const endedAt = runs.map((run) => run.tasks[0]?.endedAt?.getTime() ?? 0);
    expect(endedAt[2]).toBeLessThan(endedAt[1] ?? 0);
    expect(runs.map((run) => run.tasks[0]?.waits)).toEqual([null, null, null]);
    expect(world.bugs).toEqual([]);
  });
});
