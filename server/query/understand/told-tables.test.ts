import { beforeAll, describe, expect, it } from "vitest";
import type { PrepareInput, SqlLanguage } from "../../../domain/ports/sql-language";
import { Failure } from "../../../domain/shared/failure";
import type { QueryScope } from "../query-scope";
import type { StatementTable } from "./known-tables";
import { prepareText } from "./prepare-text";
import { namedTables, suggestedTables } from "./told-tables";

const table = (raw: string): StatementTable => ({
  ...{ raw, table: raw, as: raw, at: "lake", snapshotId: "1", rows: null, bytes: null, location: null },
  columns: [{ name: "id", type: "bigint" }],
});

it("finds tables that are named, quoted or not, and suggests others", () => {
  const tables = ["lake.a.orders", "lake.b.Orders", "lake.a.my table", "lake.a.other"].map(table);
  const sql = "SELECT 'other' FROM ORDERS, a.\"my table\"";
  expect(namedTables(sql, tables).map(({ raw }) => raw)).toEqual([
    "lake.a.orders",
    "lake.b.Orders",
    "lake.a.my table",
  ]);
  expect(suggestedTables(sql, tables)).toEqual([{ name: "lake.a.other", columns: [] }]);
});

describe("among a hundred thousand tables", () => {
  let tables: StatementTable[];
  const sql = "SELECT * FROM shop.customers JOIN lake.s7.orders_7 USING (id)";
  const misspelt = sql.replace("customers", "orders_dayly");

  beforeAll(() => {
    tables = Array.from({ length: 100_000 }, (_, index) => table(`lake.s${index % 50}.orders_${index}`));
    tables.push(table("lake.shop.orders_daily"), table("lake.shop.customers"));
  });

  /** What the language is asked; it knows no `orders_dayly`. */
  async function asked(text: string): Promise<PrepareInput[]> {
    const inputs: PrepareInput[] = [];
    const sqlLanguage: SqlLanguage = {
      prepare: async (input) => {
        inputs.push(input);
        if (input.sql.includes("dayly")) throw new Failure("invalid_input", "There is no table.");
        return { kind: "select", sql: text, reads: [], write: null, isOrdered: false, origins: [] };
      },
      close: async () => {},
    };
    const scope = { sqlLanguage, workspace: { id: "w" } } as unknown as QueryScope;
    const given = { sql: text, dialect: "trino", tables, catalogs: [] } as const;
    await prepareText(scope, { ...given, catalogs: [] }, "trino", undefined).catch(() => {});
    return inputs;
  }

  it("those that a statement names are found within 50 ms of reckoning, and no others are told", async () => {
    await asked(sql);
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const before = process.cpuUsage();
      const [input, ...more] = await asked(sql);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1_000);
      expect(more).toEqual([]);
      expect(input?.tables.map(({ name }) => name)).toEqual(["lake.s7.orders_7", "lake.shop.customers"]);
      expect(input?.snapshots).toEqual({ "lake.s7.orders_7": "1", "lake.shop.customers": "1" });
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it("those that are most like a misspelt name are told once it is not understood", async () => {
    const [first, second] = await asked(misspelt);
    expect(first?.tables.map(({ name }) => name)).toEqual(["lake.s7.orders_7"]);
    expect(second?.tables.length).toBeLessThan(600);
    expect(second?.tables[1]).toEqual({ name: "lake.shop.orders_daily", columns: [] });
  });
});
