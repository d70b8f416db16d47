import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePipeline } from "../../domain/pipelines/document/parse-pipeline";
import { isFinal } from "../../domain/shared/is-final";
import { memoryLake } from "../engines/memory/lake";
import { pipelineWorld } from "./pipeline-world";
import { type RerunInput, rerunRun } from "./rerun-run";
import { actingScope } from "./running/acting-scope";
import { startRun } from "./start-run";

type Json = Record<string, unknown>;

const reads = (id: string, from: string[], depends_on = from): Json => ({
  task_id: id,
  type: "sql_execute",
  depends_on,
  config: {
    sql: `SELECT 1 ${from.map((each) => `FROM analytics.derived.${each}`).join(" ")}`,
    target_table: `analytics.derived.${id}`,
    write_mode: "overwrite",
  },
});

async function worldOf(tasks: Json[]) {
  const world = await pipelineWorld(memoryLake());
  const parsed = parsePipeline({ pipeline_id: "p", name: "P", max_active_runs: 5, tasks });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  await world.store.savePipeline("w", parsed.document, false, "Ann");
  const broken = new Set<string>();
  const { writeParquet } = world.sockets.queryEngine;
  world.sockets.queryEngine.writeParquet = async (sql, path, options) => {
    for (const id of broken) if (path.includes(`derived.${id}/`)) throw new Error("broken");
    return writeParquet(sql, path, options);
  };
  const scope = actingScope(world);
  const ended = async (id: string) => {
    const giveUpAt = Date.now() + 8_000;
    for (;;) {
      const run = await world.store.run(id);
      if (run !== null && isFinal(run.status)) return run;
      if (Date.now() > giveUpAt) throw new Error(`not ended: ${JSON.stringify(run)}`);
      await sleep(1);
    }
  };
  const first = async () => ended((await startRun(scope, { pipelineId: "p" })).id);
  /** What a preview says, and what then runs. */
  const both = async (input: RerunInput) => {
    const { again } = await rerunRun(scope, { ...input, preview: true });
    const started = await rerunRun(scope, { ...input, expected: again });
    const run = await ended(started.id ?? "");
    const ran = run.tasks.filter(({ attempts }) => attempts.length > 0).map(({ taskId }) => taskId);
    return { again, ran, run };
  };
  return { world, scope, broken, first, both };
}

describe("a rerun", () => {
  it("runs exactly what its preview says, whatever failed before and whatever is chosen", async () => {
    const graph = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 2, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(graph, fc.nat(), fc.constantFrom("all", "from", "failed"), async (drawn, at, what) => {
        const ids = drawn.map((_, index) => `t${index}`);
        const tasks = drawn.map(([a, b], index) => {
          const before = [...new Set(index === 0 ? [] : [a % index, b % (index + 1)])];
          return reads(
            `t${index}`,
            before.filter((each) => each < index).map((each) => `t${each}`),
          );
        });
        const { broken, first, both } = await worldOf(tasks);
        drawn.forEach(([, , isBroken], index) => void (isBroken && broken.add(`t${index}`)));
        const origin = await first();
        broken.clear();
        if (what === "failed" && origin.status === "succeeded") return;
        const input = { all: {}, from: { from: ids[at % ids.length] }, failed: { only: "failed" as const } };
        const { again, ran, run } = await both({ runId: origin.id, ...input[what] });
        expect(ran).toEqual(again);
        expect(run.status).toBe("succeeded");
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it("starts one run for equal keys, and says the same of it", async () => {
    const { world, scope, first } = await worldOf([reads("a", []), reads("b", ["a"]), reads("c", ["b"])]);
    const { id } = await first();
    const again = () => rerunRun(scope, { runId: id, from: "b", idempotencyKey: "k" });
    const started = await again();
    expect(started).toMatchObject({ again: ["b", "c"], reused: ["a"] });
    expect(await again()).toEqual({ ...started, status: expect.any(String) });
    await rerunRun(scope, { runId: id, from: "b", idempotencyKey: "another" });
    expect(await world.store.runs("w", { limit: 10 })).toHaveLength(3);
  });

  it("runs only what would read something else now, and what stands behind it", async () => {
    const { world, scope, first, both } = await worldOf([
      reads("a", []),
      reads("b", ["a"]),
      reads("c", ["raw"], ["b"]),
      reads("d", ["c"]),
    ]);
    const { id } = await first();
    await expect(rerunRun(scope, { runId: id, only: "changed" })).rejects.toMatchObject({
      code: "invalid_input",
      message: "Nothing that this run read has changed since.",
    });
    const write = { name: "analytics.derived.raw", writtenBy: "sync", kind: "sync", idempotencyKey: "1" };
    await world.catalog.commit("w", write);
    const after = await first();
    await world.catalog.commit("w", { ...write, idempotencyKey: "2" });
    const { again, ran } = await both({ runId: after.id, only: "changed" });
    expect([again, ran]).toEqual([
      ["c", "d"],
      ["c", "d"],
    ]);
    await expect(
      rerunRun(scope, { runId: after.id, only: "changed", expected: ["a"] }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("keeps what a branch chose that is taken over", async () => {
    const http = (id: string, ...depends_on: string[]): Json => ({
      task_id: id,
      type: "http",
      depends_on,
      config: { url: "https://example.org" },
    });
    // biome-ignore lint/suspicious/noThenProperty: documents call it so
    const cases = [{ when: "true", then: ["yes"] }];
    const { scope, first, both } = await worldOf([
      { task_id: "choose", type: "branch", config: { cases, otherwise: ["no"] } },
      http("yes", "choose"),
      http("no", "choose"),
    ]);
    const { id } = await first();
    const { again, ran, run } = await both({ runId: id, from: "yes" });
    expect([again, ran]).toEqual([["yes"], ["yes"]]);
    expect(run).toMatchObject({ status: "succeeded" });
    expect(run.tasks.find(({ taskId }) => taskId === "no")?.because).toBe("not_chosen");
    await expect(rerunRun(scope, { runId: id, from: "no" })).rejects.toMatchObject({ code: "invalid_input" });
  });
});
