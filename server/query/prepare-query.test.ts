import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryQueryEngines } from "../engines/memory/query-engines";
import { queryWorld, TABLE } from "./query-world";
import { explainQuery } from "./runs/explain-query";
import { prepareQuery } from "./runs/prepare-query";
import { StartQueryInput, startQuery } from "./runs/start-query";

const SQL = `SELECT * FROM ${TABLE}`;

let engines: ReturnType<typeof memoryQueryEngines>;
let world: Awaited<ReturnType<typeof queryWorld>>;

beforeEach(async () => {
  engines = memoryQueryEngines();
  world = await queryWorld(engines);
});
afterEach(() => world.close());

describe("placing and explaining", () => {
  const browser = { tables: [], memoryLimitBytes: 2e9, cores: 4 };

  it("says where a statement would run, and why others could not", async () => {
    const input = { ...StartQueryInput.parse({ sql: SQL }), browser };
    const prepared = await prepareQuery(world.as("viewer"), input);
    expect(prepared.placement.engine).toBe("duckdb");
    expect(prepared.engines.map(({ engine, isAvailable }) => [engine, isAvailable])).toEqual([
      ["browser", true],
      ["duckdb", true],
      ["trino", false],
    ]);
    const { snapshotId } = (await engines.lake.find("w", TABLE)) ?? {};
    const held = { ...browser, tables: [{ name: TABLE, snapshotId: snapshotId ?? null, bytes: 100 }] };
    const there = await prepareQuery(world.as("viewer"), { ...input, browser: held });
    expect(there).toMatchObject({ placement: { engine: "browser" }, sql: `browser:${SQL}` });
    const stale = { ...browser, tables: [{ name: TABLE, snapshotId: "1", bytes: 100 }] };
    expect((await prepareQuery(world.as("viewer"), { ...input, browser: stale })).placement.engine).toBe(
      "duckdb",
    );
  });

  it("falls on Trino where DuckDB would answer in another way", async () => {
    const scope = world.as("viewer", { statementEngines: { duckdb: engines.duckdb, trino: engines.trino } });
    const sql = `SELECT not_on_duckdb FROM ${TABLE}`;
    const { placement, sql: asked } = await prepareQuery(scope, StartQueryInput.parse({ sql }));
    expect(placement).toMatchObject({ engine: "trino", reason: "NOT_ON_DUCKDB means something else there." });
    expect(asked).toBe(`trino:${sql}`);
    await expect(
      prepareQuery(scope, { ...StartQueryInput.parse({ sql }), engine: "duckdb" }),
    ).rejects.toMatchObject({
      errors: [{ pointer: "/sql/7" }],
    });
  });

  it("still prepares DuckDB's dialect for the page where there is no Python", async () => {
    const scope = world.as("viewer", { sqlLanguage: null, statementEngines: { duckdb: null, trino: null } });
    const input = { ...StartQueryInput.parse({ sql: "SELECT 1" }), browser, dialect: "duckdb" as const };
    expect(await prepareQuery(scope, input)).toMatchObject({
      placement: { engine: "browser" },
      sql: "SELECT 1",
    });
    await expect(startQuery(scope, StartQueryInput.parse({ sql: "SELECT 1" }))).rejects.toMatchObject({
      code: "engine_unavailable",
      message: expect.stringContaining("Python"),
    });
  });

  it("gives the plan, measured where it is asked for", async () => {
    const explain = (sql: string, analyze: boolean) =>
      explainQuery(world.as("viewer"), { ...StartQueryInput.parse({ sql }), analyze });
    expect((await explain(SQL, false)).plan).toMatchObject({ name: "ANSWER", rows: null });
    expect((await explain(SQL, true)).plan).toMatchObject({ rows: 3 });
    expect((await explain(`EXPLAIN ANALYZE ${SQL}`, false)).plan).toMatchObject({ rows: 3 });
  });
});
