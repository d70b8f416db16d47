import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cell } from "../../domain/ports/rows";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import { memoryQueryEngines } from "../engines/memory/query-engines";
import { queryWorld, TABLE } from "./query-world";
import { readSummary } from "./results/spool-reader";
import { failAbandonedRuns } from "./running/recover";
import { cancelQuery } from "./runs/cancel-query";
import { followQuery } from "./runs/follow-query";
import { getQuery } from "./runs/get-query";
import { listQueries } from "./runs/list-queries";
import { recordQuery } from "./runs/record-query";
import { StartQueryInput, startQuery } from "./runs/start-query";

const SQL = `SELECT * FROM ${TABLE}`;
const never = new Promise<never>(() => {});

let engines: ReturnType<typeof memoryQueryEngines>;
let world: Awaited<ReturnType<typeof queryWorld>>;

beforeEach(async () => {
  engines = memoryQueryEngines();
  world = await queryWorld(engines);
});
afterEach(() => world.close());

const start = (sql: string, more: Partial<StartQueryInput> = {}, role: Role = "engineer") =>
  startQuery(world.as(role), { ...StartQueryInput.parse({ sql }), ...more });
const run = async (sql: string, more: Partial<StartQueryInput> = {}, role: Role = "engineer") =>
  world.end(world.as(role), (await start(sql, more, role)).id);
const kept = () => readdir(join(world.resultsDir, "w", "queries")).catch(() => []);
const folder = (id: string) => join(world.resultsDir, "w", "queries", id);

describe("a SELECT", () => {
  it("runs where it is placed, keeps its rows, and stands in the history", async () => {
    const ended = await run(SQL, {}, "viewer");
    expect(ended).toMatchObject({
      status: "succeeded",
      kind: "select",
      engine: "duckdb",
      placement: { reason: "the scan is 100 bytes, and the tables are on the server", chosen: "auto" },
      translated: `duckdb:${SQL}`,
      columns: [{ name: "id", type: "BIGINT" }],
      rows: 3,
      resultKept: true,
      reads: [{ table: TABLE }],
      writes: [],
      error: null,
    });
    expect(ended.reads[0]?.snapshotId).toMatch(/^\d+$/);
    expect(await readSummary(folder(ended.id))).toMatchObject({ totalRows: 3, isComplete: true });
    expect(await world.store.run("w", ended.id)).toMatchObject({
      status: "succeeded",
      rows: 3,
      resultKept: true,
    });
    const { items } = await listQueries(world.as("viewer"), { limit: 10, everybody: false });
    expect(items.map(({ id, sql }) => [id, sql])).toEqual([[ended.id, SQL]]);
    expect(world.audit).toEqual([]);
  });

  it("is given its parameters as literals and the tables that it reads at one state", async () => {
    await run(`${SQL} WHERE category = {{name}}`, { parameters: { name: "it's" } });
    const [statement] = engines.duckdb.seen;
    expect(statement?.sql).toBe(`duckdb:${SQL} WHERE category = 'it''s'`);
    expect(statement?.tables.map(({ name }) => name)).toEqual([TABLE]);
    expect(statement).toMatchObject({ workspaceId: "w", databases: [], foreignCatalogs: [] });
  });

  it("is read as of an earlier time under a name of its own, and told under the table's", async () => {
    const before = (await engines.lake.find("w", TABLE))?.snapshotId ?? "";
    engines.lake.write(await engines.lake.stage("w", TABLE, "b"), 5);
    await engines.lake.commit("w", { name: TABLE, writtenBy: "t", kind: "run", idempotencyKey: "b" });
    const ended = await run(`${SQL} FOR VERSION AS OF ${before}`);
    expect(ended.reads).toEqual([{ table: TABLE, snapshotId: before }]);
    expect(engines.duckdb.seen[0]?.tables).toMatchObject([
      { name: "time_travel.moment_0.orders", snapshotId: before },
    ]);
  });

  it("is cut at a limit", async () => {
    await run(SQL, { limit: 10 });
    expect(engines.duckdb.seen[0]?.sql).toBe(`duckdb:${SQL}\nLIMIT 10`);
  });

  it("says what it waits for: first at once, last its end", async () => {
    let answer = (_rows: { columns: { name: string; type: string }[]; rows: Cell[][] }) => {};
    engines.replies.push(() => new Promise((resolve) => (answer = resolve)));
    const { id, status } = await start(SQL);
    expect(status).toBe("queued");
    const seen: string[] = [];
    for await (const view of followQuery(world.as("engineer"), { id }, new AbortController().signal)) {
      seen.push(view.status);
      if (view.status === "running") answer({ columns: [{ name: "a", type: "DATE" }], rows: [] });
    }
    expect(seen.at(-1)).toBe("succeeded");
    expect(seen).toContain("running");
  });

  it("goes on when those who follow it leave", async () => {
    engines.replies.push(() => never);
    const { id } = await start(SQL);
    const left = new AbortController();
    for await (const view of followQuery(world.as("engineer"), { id }, left.signal)) {
      if (view.status === "running") left.abort();
    }
    await expect.poll(() => engines.duckdb.running).toBe(1);
    await cancelQuery(world.as("engineer"), { id });
    expect(engines.duckdb.running).toBe(0);
  });
});

describe("a statement that fails", () => {
  it("names the place in the text as it was written, through parameters and translation", async () => {
    const sql = `SELECT {{p}}\nFROM lake.shop.nothing`;
    await expect(start(sql, { parameters: { p: "a longer text than its name" } })).rejects.toMatchObject({
      code: "invalid_input",
      errors: [{ pointer: `/sql/${sql.indexOf("lake")}` }],
    });
    const { items } = await listQueries(world.as("engineer"), { limit: 10, everybody: false });
    expect(items).toMatchObject([
      { status: "failed", error: { place: { line: 2, column: 6, length: "lake.shop.nothing".length } } },
    ]);
  });

  it("has its place from the engine too", async () => {
    const sql = `SELECT {{p}}, wrong FROM ${TABLE}`;
    engines.replies.push(({ sql: given }) => {
      throw new Failure("invalid_input", "There is no column wrong.", {
        hint: "Did you mean right?",
        errors: [{ pointer: `/sql/${given.indexOf("wrong")}`, message: "no column" }],
      });
    });
    const ended = await run(sql, { parameters: { p: "xxxxxxxxxxxxxxx" } });
    expect(ended).toMatchObject({
      status: "failed",
      resultKept: false,
      error: {
        code: "invalid_input",
        message: "There is no column wrong.",
        hint: "Did you mean right?",
        place: { offset: sql.indexOf("wrong"), length: 5 },
      },
    });
    expect(await kept()).toEqual([]);
  });

  it("tells nothing of what was not meant to be told", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    engines.replies.push(() => {
      throw new Error("password=hunter2");
    });
    const ended = await run(SQL);
    expect(ended.error?.code).toBe("engine_failed");
    expect(JSON.stringify(ended)).not.toContain("hunter2");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it("ends where its result grows too large", async () => {
    const scope = world.as("engineer", { queryLimits: { ...world.limits, resultBytes: 10 } });
    const { id } = await startQuery(scope, StartQueryInput.parse({ sql: SQL }));
    const ended = await world.end(scope, id);
    expect(ended.error).toMatchObject({
      code: "resource_exhausted",
      message: expect.stringContaining("10 bytes"),
    });
    expect(await kept()).toEqual([]);
  });

  it("ends where it grows larger than all results of a workspace may be", async () => {
    const scope = world.as("engineer", { queryLimits: { ...world.limits, workspaceBytes: 9 } });
    const { id } = await startQuery(scope, StartQueryInput.parse({ sql: SQL }));
    expect((await world.end(scope, id)).error?.message).toBe(
      "The result is larger than 9 bytes, the limit for all of a workspace.",
    );
  });

  it("does not begin where the disk is almost full", async () => {
    const scope = world.as("engineer", { queryLimits: { ...world.limits, freeBytes: 1e18 } });
    const { id } = await startQuery(scope, StartQueryInput.parse({ sql: SQL }));
    expect((await world.end(scope, id)).error?.message).toContain("The disk has");
    expect(engines.duckdb.seen).toEqual([]);
  });

  it("is refused where an engine that was chosen cannot be had, and where too many wait", async () => {
    await expect(start(SQL, { engine: "trino" })).rejects.toMatchObject({
      code: "engine_unavailable",
      message: expect.stringContaining("TRINO_URL"),
    });
    await expect(start("EXPLAIN SELECT 1")).rejects.toMatchObject({ code: "invalid_input" });
    for (let index = 0; index < 200; index += 1) {
      engines.replies.push(() => never);
      await start(SQL);
    }
    await expect(start(SQL)).rejects.toMatchObject({ code: "rate_limited" });
    await world.running.stopAll(new Failure("cancelled", "The end."));
    expect(engines.duckdb.running).toBe(0);
  });
});

describe("cancelling", () => {
  it("stops the engine, says who did, and keeps nothing", async () => {
    engines.replies.push(() => never);
    const { id } = await start(SQL);
    await world.begun(world.as("engineer"), id);
    expect(await cancelQuery(world.as("engineer"), { id })).toEqual({ id, status: "cancelled" });
    expect(engines.duckdb.running).toBe(0);
    expect(await getQuery(world.as("engineer"), { id })).toMatchObject({
      status: "cancelled",
      error: { code: "cancelled", message: "Una engineer cancelled the statement." },
    });
    expect(await kept()).toEqual([]);
    expect((await cancelQuery(world.as("engineer"), { id })).status).toBe("cancelled");
  });

  it("is for whoever ran it, and for admins", async () => {
    engines.replies.push(() => never);
    const { id } = await start(SQL, {}, "viewer");
    await expect(cancelQuery(world.as("analyst"), { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(cancelQuery(world.as("engineer"), { id })).rejects.toMatchObject({ code: "forbidden" });
    expect((await cancelQuery(world.as("admin"), { id })).status).toBe("cancelled");
  });
});

describe("the history", () => {
  it("shows one's own, and everybody's to engineers who ask, in pages", async () => {
    const ids: string[] = [];
    for (const role of ["viewer", "analyst", "viewer"] as const) {
      world.time.now = new Date(world.time.now.getTime() + 1_000);
      ids.push((await run(SQL, {}, role)).id);
    }
    const list = async (role: Role, everybody: boolean, cursor?: string) => {
      const page = await listQueries(world.as(role), { limit: 2, everybody, ...(cursor ? { cursor } : {}) });
      return { ids: page.items.map(({ id }) => id), next: page.nextCursor };
    };
    expect((await list("viewer", true)).ids).toEqual([ids[2], ids[0]]);
    expect((await list("engineer", false)).ids).toEqual([]);
    const first = await list("engineer", true);
    expect(first.ids).toEqual([ids[2], ids[1]]);
    expect(await list("engineer", true, first.next ?? "")).toEqual({ ids: [ids[0]], next: null });
    await expect(
      listQueries(world.as("viewer"), { limit: 1, everybody: false, cursor: "x" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await expect(getQuery(world.as("analyst"), { id: ids[0] ?? "" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("holds what the browser ran", async () => {
    const { id } = await recordQuery(world.as("viewer"), {
      ...{ sql: "SELECT 1", dialect: "trino", parameters: [], kind: "select", status: "succeeded" },
      ...{ placement: { reason: "its tables are in the browser already", chosen: "auto" }, translated: null },
      ...{ columns: null, rows: 7, bytes: 10, elapsedMs: 40, reads: [], savedQuery: null, error: null },
    });
    expect(await getQuery(world.as("viewer"), { id })).toMatchObject({
      engine: "browser",
      rows: 7,
      elapsedMs: 40,
      resultKept: false,
    });
  });

  it("says of what an earlier process left that it failed, unless its table was committed", async () => {
    engines.replies.push(() => never);
    const { id } = await start(SQL);
    await expect.poll(() => engines.duckdb.running).toBe(1);
    const write = await start("CREATE TABLE analytics.derived.t AS SELECT 1");
    await world.end(world.as("engineer"), write.id);
    await world.store.changeRun(write.id, { status: "running", endedAt: null });
    const { running } = await queryWorld(memoryQueryEngines());
    await failAbandonedRuns({ ...world.as("engineer"), running });
    expect(await world.store.run("w", id)).toMatchObject({
      status: "failed",
      error: { message: "The server was restarted while the statement ran." },
    });
    expect(await world.store.run("w", write.id)).toMatchObject({ status: "succeeded" });
    await world.running.stopAll(new Failure("cancelled", "The end."));
  });
});
