import { expect, test } from "@playwright/test";
import { engineTab } from "./browser-engine/engine-tab";
import type { EnginePage } from "./browser-engine/page";
import { TYPES } from "./browser-engine/statements";

declare const page: EnginePage;

test.describe.configure({ mode: "default" });
const opened = engineTab();

test("CSV and JSON files become tables with exact values", async () => {
  const { tab } = opened();
  const seen = await tab.evaluate(async () => {
    const engine = await page.engine("files");
    const add = (name: string, text: string) => page.addFile(engine, new File([text], name), page.never);
    await add(
      "Orders 2026.csv",
      'id,note,day\n1,"",2026-01-31\n2,,2026-02-01\n9007199254740993,"a ""b"", c",\n',
    );
    await add(
      "events.jsonl",
      '{"id": 9007199254740993, "at": "2026-01-31T10:00:00Z", "tags": ["x"]}\n{"id": null, "wide": 123456789012345678901}\n',
    );
    return {
      tables: engine.tables
        .list()
        .map(({ path, rows, columns }) => [path.join("."), rows, columns.map(({ type }) => type)]),
      csv: await page.rows(engine, "SELECT * FROM orders_2026"),
      json: await page.rows(engine, "SELECT * FROM events"),
      notOne: await page.failureIn(add("a.parquet", "not Parquet at all")),
      unknown: await page.failureIn(Promise.resolve().then(() => add("a.exe", ""))),
    };
  });
  expect(seen.tables).toEqual([
    ["orders_2026", 3, ["BIGINT", "VARCHAR", "DATE"]],
    ["events", 2, ["BIGINT", "TIMESTAMP WITH TIME ZONE", "VARCHAR[]", "DECIMAL(38,0)"]],
  ]);
  expect(seen.csv).toEqual([
    ["1", "", "2026-01-31"],
    ["2", null, "2026-02-01"],
    ["9007199254740993", 'a "b", c', null],
  ]);
  expect(seen.json).toEqual([
    ["9007199254740993", "2026-01-31 10:00:00+00:00", '["x"]', null],
    [null, null, null, "123456789012345678901"],
  ]);
  expect(seen.notOne).toMatchObject({ code: "invalid_input" });
  expect(seen.unknown).toMatchObject({ code: "invalid_input" });
});

test("every type comes exactly: in a result, out of it, and as a table of the browser", async () => {
  const { tab } = opened();
  const seen = await tab.evaluate(async (sql) => {
    const engine = await page.engine("files");
    const { source } = await page.run(engine, { sql, signal: page.never });
    const direct = await page.texts(source);
    const types = source.columns.map(({ type }) => type);
    const arrow = await page.exported(source, "arrow");
    const csv = new TextDecoder().decode(await page.exported(source, "csv"));
    // The 39th digit has no place in a table that is kept.
    const narrower = await page.run(engine, {
      sql: `SELECT * EXCLUDE (h) FROM (${sql})`,
      signal: page.never,
    });
    await page.bringResult(
      engine,
      narrower.source,
      { path: ["kept"], origin: { kind: "result", queryId: "1", sql, ranAt: "" } },
      { signal: page.never },
    );
    await page.addFile(engine, new File([arrow as BlobPart], "again.arrow"), page.never).catch(() => null);
    const kept = await page.rows(engine, "SELECT * FROM kept");
    const profile = await source.rowsOf(
      page.compileProfile([0, 1, 2, 7, 8, 20], source.columns, 3, "detail"),
      page.never,
    );
    return { direct, types, csv, kept, narrow: await page.texts(narrower.source), profiled: profile.length };
  }, TYPES);
  expect(seen.direct[1]?.slice(0, 14)).toEqual([
    "1",
    "",
    "99999999999999999999999999999999999999",
    "-1.05",
    "9007199254740994",
    "18446744073709551615",
    "170141183460469231731687303715884105727",
    "2026-01-01 10:00:00.123456",
    "2026-01-01 08:00:00.123456+00:00",
    "2026-01-01 10:00:00.123456789",
    "0001-02-03",
    "12:34:56.789",
    "12:00:00+02",
    "1 month 2 days",
  ]);
  expect(seen.direct[0]?.slice(14)).toEqual([
    "[0, null]",
    '{"a": 0, "b": ["x"]}',
    '{"k": 1.50}',
    "ab",
    "a",
    "101",
    "NaN",
    "1.5",
  ]);
  expect(seen.direct.map(([, text]) => text)).toEqual([null, "", "ü"]);
  expect(seen.types.slice(6, 9)).toEqual(["HUGEINT", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"]);
  expect(seen.kept).toEqual(seen.narrow);
  expect(seen.csv.split("\r\n")[1]).toMatch(/^0,,99999999999999999999999999999999999999,-1\.05,/);
  expect(seen.csv.split("\r\n")[2]).toMatch(/^1,"",/);
  expect(seen.profiled).toBeGreaterThan(5);
});

test("tables are renamed and dropped, outlive a reload, and belong to one person", async () => {
  const { tab } = opened();
  await tab.evaluate(async () => {
    const engine = await page.engine("lasting");
    const add = (name: string, text: string) => page.addFile(engine, new File([text], name), page.never);
    await add("a.csv", "x\n1\n2\n");
    await add("b.csv", "y\n1\n");
    const [a, b] = engine.tables.list();
    await engine.tables.rename(a?.id ?? "", "renamed");
    await engine.tables.drop(b?.id ?? "");
  });
  await tab.reload();
  const seen = await tab.evaluate(async () => {
    const engine = await page.engine("lasting");
    const other = await page.engine("somebody else");
    return {
      isLasting: engine.tables.isLasting,
      names: engine.tables.list().map(({ path }) => path.join(".")),
      rows: await page.rows(engine, "SELECT sum(x) FROM renamed"),
      others: other.tables.list().length,
      taken: await page.failureIn(engine.tables.rename(engine.tables.list()[0]?.id ?? "", "select")),
    };
  });
  expect(seen).toMatchObject({ isLasting: true, names: ["renamed"], rows: [["3"]], others: 0 });
  expect(seen.taken).toMatchObject({ code: "invalid_input" });
});
