import { expect, test } from "@playwright/test";
import { engineTab } from "./browser-engine/engine-tab";
import type { EnginePage } from "./browser-engine/page";
import { MILLION } from "./browser-engine/statements";

declare const page: EnginePage;

test.describe.configure({ mode: "default" });
const opened = engineTab();

test("a statement runs in the page, its first rows before its last, and nothing is asked of another host", async () => {
  const { tab } = opened();
  const outside: string[] = [];
  tab.on("request", (request) => {
    if (!request.url().startsWith(tab.url()) && !request.url().startsWith("blob:"))
      outside.push(request.url());
  });
  const seen = await tab.evaluate(async (sql) => {
    const engine = await page.engine("first");
    const grown: number[] = [];
    const { source } = await page.run(engine, {
      sql,
      signal: page.never,
      onProgress: ({ rows }) => grown.push(rows),
    });
    const last = await page.texts(source, 999_999, 5);
    const window = await source.read(500_000, 200, page.never);
    const answer = await source.rowsOf("SELECT count(*), sum(c3), max(c2) FROM result", page.never);
    source.close();
    return {
      first: grown[0] ?? 0,
      last,
      firstRow: window.firstRow,
      windowRows: window.table.numRows,
      answer,
    };
  }, MILLION);
  expect(seen.first).toBeLessThan(100_000);
  expect(seen.last).toEqual([["999999", "999", "s999999", "999999.00"]]);
  expect(seen.firstRow).toBeLessThanOrEqual(500_000);
  expect(seen.windowRows).toBeGreaterThan(0);
  expect(seen.answer).toEqual([["1000000", "499999500000.00", "s999999"]]);
  const refused = await tab.evaluate(async () => {
    const engine = await page.engine("first");
    return Promise.all(
      [
        "SELECT * FROM read_csv('https://example.com/a.csv')",
        "SELECT * FROM 'https://example.com/a.parquet'",
        "SELECT * FROM read_parquet('https://example.com/a.parquet')",
        "SELECT current_date",
        "INSTALL icu",
        "ATTACH 'https://example.com/a.db' AS a",
        "SELECT 1; SELECT 2",
        "CREATE TABLE t AS SELECT 1",
        "COPY (SELECT 1) TO 'a.csv'",
        "SET autoload_known_extensions = true",
      ].map(async (sql) => (await page.failureIn(page.run(engine, { sql, signal: page.never })))?.code),
    );
  });
  expect(refused).toEqual(Array.from(refused, () => "invalid_input"));
  expect(outside).toEqual([]);
});

test("errors have words and their place in the statement", async () => {
  const { tab } = opened();
  const found = await tab.evaluate(async () => {
    const engine = await page.engine("first");
    const failed = (sql: string) => page.failureIn(page.run(engine, { sql, signal: page.never }));
    return [
      await failed("SELECT *\nFROM nowhere"),
      await failed("SELECT a FORM t WHERE"),
      await failed("SELECT 1 + nope"),
    ];
  });
  expect(found[0]).toMatchObject({ code: "invalid_input", errors: [{ pointer: "/sql/14" }] });
  expect(found[0]?.message).toContain("nowhere");
  expect(found[1]?.errors).toHaveLength(1);
  expect(found[2]).toMatchObject({ errors: [{ pointer: "/sql/11" }] });
});

test("a statement that takes hours is cancelled, others go on, and the tables are there again", async () => {
  const { tab } = opened();
  const seen = await tab.evaluate(async (million) => {
    const engine = await page.engine("first");
    const { source } = await page.run(engine, { sql: million, signal: page.never });
    await page.bringResult(
      engine,
      source,
      { path: ["big"], origin: { kind: "result", queryId: "1", sql: million, ranAt: "" } },
      { signal: page.never },
    );
    const ends = [];
    for (const sql of [
      // The first keeps the worker so busy that it has to be ended.
      "SELECT count(*) FROM big a, big b WHERE a.id + b.id = 17",
      "SELECT a.*, b.s FROM big a JOIN big b USING (g) ORDER BY a.s, b.s DESC",
      "SELECT sum(i) FROM range(100000000000) t(i)",
      "SELECT * FROM range(10000000000)",
    ]) {
      const end = page.cancelled(engine, sql, 300);
      const beside = page.rows(engine, "SELECT 42");
      ends.push({
        how: (await end).how,
        beside: await beside,
        after: await page.rows(engine, "SELECT count(*), sum(m) FROM big"),
      });
    }
    const kept = await source.rowsOf("SELECT count(*) FROM result", page.never);
    source.close();
    return { ends, kept };
  }, MILLION);
  for (const end of seen.ends) {
    expect(end.how).toBe("cancelled");
    expect(end.beside).toEqual([["42"]]);
    expect(end.after).toEqual([["1000000", "499999500000.00"]]);
  }
  expect(seen.kept).toEqual([["1000000"]]);
});

test("a worker that breaks off is said so, and the tables are there again", async () => {
  const { tab } = opened();
  await tab.evaluate(async () => {
    const engine = await page.engine("first");
    const sql = "SELECT 'whole' AS word";
    const { source } = await page.run(engine, { sql, signal: page.never });
    const origin = { kind: "result", queryId: "2", sql, ranAt: "" } as const;
    await page.bringResult(engine, source, { path: ["kept_over"], origin }, { signal: page.never });
    source.close();
  });
  const failing = tab.evaluate(async () => {
    const engine = await page.engine("first");
    const sql = "SELECT sum(i) FROM range(100000000000) t(i)";
    return page.failureIn(page.run(engine, { sql, signal: page.never }));
  });
  await expect.poll(() => tab.workers().length).toBeGreaterThan(0);
  for (const worker of tab.workers()) {
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("broken off by a test");
      });
    });
  }
  expect(await failing).toMatchObject({ code: "engine_failed" });
  const after = await tab.evaluate(async () => {
    const engine = await page.engine("first");
    return page.rows(engine, "SELECT word FROM kept_over");
  });
  expect(after).toEqual([["whole"]]);
});

test("a worker that ends without a word is said so, whether it works or waits", async () => {
  const { tab } = opened();
  const end = () => Promise.all(tab.workers().map((worker) => worker.evaluate(() => self.close())));
  const failing = tab.evaluate(async () => {
    const engine = await page.engine("first");
    const sql = "SELECT sum(i) FROM range(100000000000) t(i)";
    return page.failureIn(page.run(engine, { sql, signal: page.never }));
  });
  await expect.poll(() => tab.workers().length).toBeGreaterThan(0);
  await end();
  expect(await failing).toMatchObject({ code: "engine_failed" });
  const one = () => tab.evaluate(async () => page.rows(await page.engine("first"), "SELECT 1"));
  expect(await one()).toEqual([["1"]]);
  await end();
  await expect(async () => expect(await one()).toEqual([["1"]])).toPass();
});

test("what needs more memory than there is says so, and the next statement runs", async () => {
  const { tab } = opened();
  const seen = await tab.evaluate(async () => {
    const engine = await page.engine("first");
    const failure = await page.failureIn(
      page.run(engine, {
        sql: "SELECT list(repeat(i::VARCHAR, 2000)) FROM range(3000000) t(i)",
        signal: page.never,
      }),
    );
    return { failure, next: await page.rows(engine, "SELECT 1") };
  });
  expect(seen.failure).toMatchObject({ code: "resource_exhausted" });
  expect(seen.next).toEqual([["1"]]);
});

test("a result is sorted, filtered and asked again without its statement", async () => {
  const { tab } = opened();
  const seen = await tab.evaluate(async (million) => {
    const engine = await page.engine("first");
    const { source } = await page.run(engine, { sql: million, signal: page.never });
    const view = await source.view(
      {
        sort: [{ column: 0, descending: true }],
        filters: [{ column: 1, operator: "=", value: 7 }],
        search: "",
      },
      page.never,
    );
    const other = (await page.run(engine, { sql: "SELECT 7 AS g, 'seven' AS word", signal: page.never }))
      .source;
    const asked = await page.askHere(engine, source, other, { signal: page.never });
    const answers = [];
    for (const question of [
      page.asked({
        filters: [{ column: { of: "result", column: 0 }, operator: "<", value: 10 }],
        group: { by: [], aggregates: [{ of: "sum", column: { of: "result", column: 3 } }] },
      }),
      page.asked({
        join: { kind: "inner", on: [{ result: 1, other: 0 }] },
        group: { by: [{ of: "other", column: 1 }], aggregates: [{ of: "count", column: null }] },
      }),
      page.asked({
        filters: [{ column: { of: "result", column: 1 }, operator: "in", value: ["1", "2"] }],
        pivot: {
          by: [],
          column: { of: "result", column: 1 },
          value: { of: "max", column: { of: "result", column: 0 } },
        },
      }),
    ]) {
      const run = await asked.run(await asked.compile(question, page.never), page.never);
      answers.push([run.source.columns.map(({ name }) => name), await page.texts(run.source)]);
    }
    asked.close();
    return {
      viewRows: view.rows,
      top: await page.texts(view, 0, 2),
      last: await page.texts(view, 999, 2),
      answers,
    };
  }, MILLION);
  expect(seen.viewRows).toBe(1000);
  expect(seen.top.map(([id]) => id)).toEqual(["999007", "998007"]);
  expect(seen.last.map(([id]) => id)).toEqual(["7"]);
  expect(seen.answers).toEqual([
    [["sum of m"], [["45.00"]]],
    [["word", "rows"], [["seven", "1000"]]],
    [["1", "2"], [["999001", "999002"]]],
  ]);
});
