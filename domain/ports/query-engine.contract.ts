import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueryEngine } from "./query-engine";

export type QueryEngineSubject = {
  engine: QueryEngine;
  /** A path that a Parquet file may be written to. */
  freshPath(): Promise<string>;
  exists(path: string): Promise<boolean>;
  dispose(): Promise<void>;
};

/** The statements of this contract, for a fake that knows answers instead of SQL. */
export const STATEMENTS = {
  types: `SELECT 1 AS small, 12345678901234567 AS big, 1.50::DECIMAL(9,2) AS price, 2.5::DOUBLE AS real,
    DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 13:30:00' AS at, true AS yes, 'žluť' AS word, NULL AS none`,
  threeProducts: "SELECT * FROM (VALUES (1, 'milk'), (2, 'bread'), (3, 'eggs')) AS product(id, name)",
  hundred: "SELECT range AS n FROM range(100)",
  readBack: "SELECT id, name FROM lake.sample.products ORDER BY id DESC; -- a comment",
  joined: "SELECT count(*)::INTEGER AS n FROM lake.sample.products a JOIN lake.sample.products b USING (id)",
  readOther: "SELECT * FROM lake.sample.secrets",
  twoStatements: "SELECT 1; SELECT 2",
  notSelect: "CREATE TABLE t (x INTEGER)",
  copyOut: "COPY (SELECT 1) TO '/tmp/escaped.parquet'",
  readFile: "SELECT * FROM read_csv('/etc/passwd')",
  syntaxError: "SELEC 1",
  unknownColumn: "SELECT nonsense FROM lake.sample.products",
  fails: "SELECT CAST('abc' AS INTEGER)",
  forever: "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1",
};

const PRODUCTS = "lake.sample.products";

/** What every QueryEngine keeps. */
export function describeQueryEngineContract(name: string, make: () => Promise<QueryEngineSubject>): void {
  describe(`QueryEngine: ${name}`, () => {
    let subject: QueryEngineSubject;
    let products: { name: string; uris: string[] };

    beforeAll(async () => {
      subject = await make();
      const path = await subject.freshPath();
      await subject.engine.writeParquet(STATEMENTS.threeProducts, path, { tables: [] });
      products = { name: PRODUCTS, uris: [path] };
    });
    afterAll(() => subject?.dispose());

    const rows = (sql: string, options: Partial<Parameters<QueryEngine["rows"]>[1]> = {}) =>
      subject.engine.rows(sql, { tables: [products], limit: 1000, ...options });

    it("gives JSON-safe values: big numbers and decimals as text, dates as ISO text", async () => {
      const result = await rows(STATEMENTS.types);
      expect(result.columns.map((column) => column.name)).toEqual([
        "small",
        "big",
        "price",
        "real",
        "day",
        "at",
        "yes",
        "word",
        "none",
      ]);
      expect(result.rows).toEqual([
        [1, "12345678901234567", "1.50", 2.5, "2024-02-29", "2024-02-29T13:30:00", true, "žluť", null],
      ]);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    });

    it("stops at the limit and says that there was more", async () => {
      const cut = await rows(STATEMENTS.hundred, { limit: 10 });
      expect(cut.rows).toHaveLength(10);
      expect(cut.truncated).toBe(true);
      const whole = await rows(STATEMENTS.hundred, { limit: 100 });
      expect(whole.rows).toHaveLength(100);
      expect(whole.truncated).toBe(false);
    });

    it("reads the tables it was given, by their three-part names", async () => {
      expect((await rows(STATEMENTS.readBack)).rows).toEqual([
        [3, "eggs"],
        [2, "bread"],
        [1, "milk"],
      ]);
      expect((await rows(STATEMENTS.joined)).rows).toEqual([[3]]);
    });

    it("writes a result as one file and tells what it holds", async () => {
      const path = await subject.freshPath();
      const written = await subject.engine.writeParquet(STATEMENTS.readBack, path, { tables: [products] });
      expect(written.rowCount).toBe(3);
      expect(written.bytes).toBeGreaterThan(0);
      expect(written.columns.map((column) => column.name)).toEqual(["id", "name"]);
      const again = await rows(STATEMENTS.joined, { tables: [{ name: PRODUCTS, uris: [path] }] });
      expect(again.rows).toEqual([[3]]);
    });

    it("writes nothing where the statement fails", async () => {
      const path = await subject.freshPath();
      const writing = subject.engine.writeParquet(STATEMENTS.fails, path, { tables: [] });
      await expect(writing).rejects.toMatchObject({ name: "Failure", code: "invalid_input" });
      expect(await subject.exists(path)).toBe(false);
    });

    it.each([
      "twoStatements",
      "notSelect",
      "copyOut",
      "readFile",
      "readOther",
      "syntaxError",
      "unknownColumn",
    ] as const)("refuses as invalid input: %s", async (statement) => {
      await expect(rows(STATEMENTS[statement])).rejects.toMatchObject({
        name: "Failure",
        code: "invalid_input",
      });
    });

    it("cancels a running statement by its signal, and goes on", async () => {
      const controller = new AbortController();
      const running = rows(STATEMENTS.forever, { signal: controller.signal });
      setTimeout(() => controller.abort(), 100);
      await expect(running).rejects.toMatchObject({ code: "cancelled" });
      expect((await rows(STATEMENTS.joined)).rows).toEqual([[3]]);
    });

    it("does not begin what was cancelled before", async () => {
      await expect(rows(STATEMENTS.joined, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: "cancelled",
      });
    });

    it("ends a statement at its time limit", async () => {
      await expect(rows(STATEMENTS.forever, { timeoutMs: 100 })).rejects.toMatchObject({ code: "timed_out" });
    });

    it("says which engine it is", async () => {
      const health = await subject.engine.health();
      expect(health.version).not.toBe("");
    });
  });
}
