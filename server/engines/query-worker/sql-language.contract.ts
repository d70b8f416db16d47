import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrepareInput, SqlLanguage } from "../../../domain/ports/sql-language";
import type { Failure } from "../../../domain/shared/failure";
import { pythonSqlLanguage } from "./sql-language";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "" } = process.env;
const packageDir = fileURLToPath(new URL("../../../lake", import.meta.url));

const tables = [
  {
    name: "lake.shop.orders",
    columns: [
      { name: "order_id", type: "bigint" },
      { name: "ordered_at", type: "timestamp(6)" },
      { name: "total", type: "decimal(12,2)" },
    ],
  },
];

if (python === "") {
  describe("pythonSqlLanguage", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON, the interpreter of the lake's packages", () => {});
  });
} else {
  describe("pythonSqlLanguage", () => {
    let language: SqlLanguage;

    beforeAll(() => {
      language = pythonSqlLanguage({ python, packageDir, processes: 1 });
    });

    afterAll(() => language.close());

    const prepare = (sql: string, more: Partial<PrepareInput> = {}) =>
      language.prepare({ sql, dialect: "trino", engine: "duckdb", tables, ...more });

    const failureOf = (sql: string, more: Partial<PrepareInput> = {}): Promise<Failure> =>
      prepare(sql, more).then(
        () => expect.fail("it was understood"),
        (failure: Failure) => failure,
      );

    it("translates what DuckDB means differently", async () => {
      const { kind, sql, reads, isOrdered } = await prepare(
        "SELECT extract(DOW FROM ordered_at) AS weekday, order_id / 2 AS half FROM shop.orders ORDER BY 2",
      );
      expect({ kind, reads, isOrdered }).toEqual({
        kind: "select",
        reads: ["lake.shop.orders"],
        isOrdered: true,
      });
      expect(sql).toContain("isodow(orders.ordered_at)");
      expect(sql).toContain("orders.order_id // 2");
    });

    it("keeps a text for its own engine, with physical names and snapshots", async () => {
      const prepared = await prepare("SELECT * FROM shop.orders o", {
        engine: "trino",
        catalogs: { lake: "lake_ws" },
        snapshots: { "lake.shop.orders": "42" },
      });
      expect(prepared.sql).toBe("SELECT * FROM lake_ws.shop.orders FOR VERSION AS OF 42 o");
    });

    it("says what a statement writes", async () => {
      const { kind, write, reads } = await prepare(
        "CREATE OR REPLACE TABLE analytics.u_ada.totals AS SELECT sum(total) AS t FROM lake.shop.orders",
      );
      expect({ kind, reads }).toEqual({ kind: "create_table_as", reads: ["lake.shop.orders"] });
      expect(write).toEqual({
        table: "analytics.u_ada.totals",
        mode: "replace",
        ifExists: false,
        columns: null,
      });
    });

    it("places failures in UTF-16 units", async () => {
      const sql = "SELECT '😀', totl FROM shop.orders";
      const failure = await failureOf(sql);
      expect(failure).toMatchObject({ code: "invalid_input", message: "There is no column totl." });
      expect(failure.errors[0]?.pointer).toBe(`/sql/${sql.indexOf("totl")}`);
    });

    it("names the nearest tables, and what it does not run", async () => {
      expect(await failureOf("SELECT 1 FROM shop.order")).toMatchObject({
        code: "invalid_input",
        hint: "Did you mean lake.shop.orders?",
      });
      expect(await failureOf("CALL lake.system.expire()")).toMatchObject({ code: "invalid_input" });
    });

    it("refuses a megabyte, and a thousand brackets", async () => {
      await prepare("SELECT 1");
      const list = Array.from({ length: 150_000 }, (_, index) => index).join(", ");
      expect(await failureOf(`SELECT 1 IN (${list})`)).toMatchObject({ code: "resource_exhausted" });
      expect(await failureOf(`SELECT ${"(".repeat(1000)}1${")".repeat(1000)}`)).toMatchObject({
        code: "resource_exhausted",
      });
    });
  });
}
