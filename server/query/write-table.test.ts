import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import { memoryQueryEngines } from "../engines/memory/query-engines";
import { queryWorld, TABLE } from "./query-world";
import { cancelQuery } from "./runs/cancel-query";
import { StartQueryInput, startQuery } from "./runs/start-query";

const OWN = "analytics.u_una_analyst.t";
const texts = { columns: [{ name: "a", type: "VARCHAR" }], rows: [["x"], ["y"]] };

let engines: ReturnType<typeof memoryQueryEngines>;
let world: Awaited<ReturnType<typeof queryWorld>>;

beforeEach(async () => {
  engines = memoryQueryEngines();
  world = await queryWorld(engines);
});
afterEach(() => world.close());

const start = (sql: string, role: Role = "engineer") =>
  startQuery(world.as(role), StartQueryInput.parse({ sql }));
const run = async (sql: string, role: Role = "engineer") =>
  world.end(world.as(role), (await start(sql, role)).id);
const table = (name: string) => engines.lake.find("w", name);

describe("a statement that writes", () => {
  it("does not write into the schema of another member of the same name", async () => {
    const member = (userId: string, name: string) => ({
      ...{ userId, role: "analyst", createdAt: new Date(0), user: { name, email: `${userId}@x.org` } },
    });
    const db = Object.assign(Object.create(world.as("analyst").db), {
      membership: {
        findMany: async () => [member("u-first", "una  Analyst!"), member("u-analyst", "Una analyst")],
      },
    });
    const later = world.as("analyst", { db });
    const started = (sql: string) => startQuery(later, StartQueryInput.parse({ sql }));
    const refused = await started(`CREATE TABLE ${OWN} AS SELECT 1`).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "forbidden" });
    const [theirs] = /analytics\.u_una_analyst__[0-9a-f]{8}\.t/.exec((refused as Failure).hint ?? "") ?? [];
    const { id } = await started(`CREATE TABLE ${theirs} AS SELECT 1`);
    expect((await world.end(later, id)).writes).toMatchObject([{ table: theirs }]);
    const first = { ...later, actor: { id: "u-first", name: "una  Analyst!" } };
    const made = await startQuery(first, StartQueryInput.parse({ sql: `CREATE TABLE ${OWN} AS SELECT 1` }));
    expect(await world.end(first, made.id)).toMatchObject({ status: "succeeded" });
  });

  it("creates a table, says what it wrote, and is in the audit log", async () => {
    const ended = await run(`CREATE TABLE ${OWN} AS SELECT * FROM ${TABLE}`, "analyst");
    const made = await table(OWN);
    expect(made).toMatchObject({ writtenBy: `query ${ended.id}` });
    expect(ended).toMatchObject({
      status: "succeeded",
      kind: "create_table_as",
      placement: { reason: "it writes a table" },
      resultKept: false,
      reads: [{ table: TABLE }],
      writes: [{ table: OWN, mode: "create", rows: 3, snapshotId: made?.snapshotId }],
    });
    expect(engines.duckdb.seen[0]?.sql).toBe(`duckdb:SELECT * FROM ${TABLE}`);
    expect(world.audit).toMatchObject([
      { action: "table.created", target: OWN, detail: { queryId: ended.id, rows: 3 } },
    ]);
  });

  it("creates no table that is there, unless it replaces it", async () => {
    await run(`CREATE TABLE ${OWN} AS SELECT 1`);
    await expect(start(`CREATE TABLE ${OWN} AS SELECT 1`)).rejects.toMatchObject({ code: "conflict" });
    const nothing = await run(`CREATE TABLE IF NOT EXISTS ${OWN} AS SELECT 1`);
    expect(nothing).toMatchObject({ status: "succeeded", writes: [] });
    expect((await run(`CREATE OR REPLACE TABLE ${OWN} AS SELECT 1`)).writes).toMatchObject([
      { mode: "replace", rows: 3 },
    ]);
  });

  it("adds rows in the table's own columns", async () => {
    engines.replies.push(
      () => texts,
      () => texts,
    );
    const before = (await table(TABLE))?.version ?? 0;
    const ended = await run(`INSERT INTO ${TABLE} SELECT a FROM ${TABLE}`);
    expect(ended).toMatchObject({ status: "succeeded", writes: [{ table: TABLE, mode: "append", rows: 2 }] });
    expect((await table(TABLE))?.version).toBe(before + 1);
    expect(engines.duckdb.seen.map(({ sql }) => sql)).toEqual([
      `duckdb:SELECT a FROM ${TABLE}\nLIMIT 0`,
      `SELECT CAST(c0 AS VARCHAR) AS "category" FROM (duckdb:SELECT a FROM ${TABLE}\n) AS given_rows (c0)`,
    ]);
  });

  it("adds none that the table could not hold, and names places in the text as written", async () => {
    const two = {
      columns: [
        { name: "a", type: "VARCHAR" },
        { name: "b", type: "DATE" },
      ],
      rows: [],
    };
    engines.replies.push(() => two);
    expect((await run(`INSERT INTO ${TABLE} SELECT 1`)).error?.message).toContain("takes 1 column here");
    expect(await table(TABLE)).toMatchObject({ rowCount: 10 });
    const sql = `INSERT INTO ${TABLE} SELECT oops FROM ${TABLE}`;
    engines.replies.push(
      () => texts,
      (statement) => {
        const pointer = `/sql/${statement.sql.indexOf("oops")}`;
        throw new Failure("invalid_input", "No.", { errors: [{ pointer, message: "No." }] });
      },
    );
    expect((await run(sql)).error?.place).toMatchObject({ offset: sql.indexOf("oops"), length: 4 });
  });

  it("drops a table", async () => {
    await run(`CREATE TABLE ${OWN} AS SELECT 1`);
    const ended = await run(`DROP TABLE ${OWN}`, "analyst");
    expect(ended).toMatchObject({ status: "succeeded", writes: [{ table: OWN, mode: "drop", rows: null }] });
    expect(await table(OWN)).toBeNull();
    await expect(start(`DROP TABLE ${OWN}`)).rejects.toMatchObject({ code: "not_found" });
    expect((await run(`DROP TABLE IF EXISTS ${OWN}`)).status).toBe("succeeded");
    expect(world.audit.map(({ action }) => action)).toEqual(["table.created", "table.dropped"]);
  });

  it.each([
    [`CREATE TABLE ${OWN} AS SELECT 1`, "viewer", "forbidden"],
    [`INSERT INTO ${TABLE} SELECT 1`, "analyst", "forbidden"],
    ["CREATE TABLE analytics.derived.t AS SELECT 1", "analyst", "forbidden"],
    [`DROP TABLE ${TABLE}`, "analyst", "forbidden"],
    ["CREATE TABLE shop.public.t AS SELECT 1", "admin", "invalid_input"],
  ] as const)("refuses %s to the role %s", async (sql, role, code) => {
    await expect(start(sql, role)).rejects.toMatchObject({ code });
    expect(engines.duckdb.seen).toEqual([]);
    expect(world.audit).toEqual([]);
  });

  it("leaves nothing half-written when it is cut", async () => {
    engines.replies.push(() => new Promise<never>(() => {}));
    const { id } = await start(`CREATE TABLE ${OWN} AS SELECT 1`);
    await world.begun(world.as("engineer"), id);
    await cancelQuery(world.as("engineer"), { id });
    expect(await table(OWN)).toBeNull();
    expect(engines.duckdb.running).toBe(0);
    engines.replies.push(() => {
      throw new Failure("resource_exhausted", "The disk has no room.");
    });
    const failed = await run(`CREATE TABLE ${OWN} AS SELECT 1`);
    expect(failed).toMatchObject({ status: "failed", writes: [], error: { code: "resource_exhausted" } });
    expect(await table(OWN)).toBeNull();
    expect(world.audit).toEqual([]);
  });

  it("makes no table where somebody made it meanwhile", async () => {
    engines.replies.push(async () => {
      engines.lake.write(await engines.lake.stage("w", OWN, "other"), 1);
      await engines.lake.commit("w", { name: OWN, writtenBy: "other", kind: "run", idempotencyKey: "other" });
      return texts;
    });
    const ended = await run(`CREATE TABLE ${OWN} AS SELECT 1`);
    expect(ended.error).toMatchObject({ code: "conflict" });
    expect(await table(OWN)).toMatchObject({ writtenBy: "other" });
    expect(existsSync(`${world.resultsDir}/w/queries/${ended.id}`)).toBe(false);
  });
});
