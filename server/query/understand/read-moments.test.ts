import { expect, it } from "vitest";
import { originOf } from "../../../domain/query/origins";
import type { StatementTable } from "./known-tables";
import { readMoments } from "./read-moments";

const alias = (raw: string, table: string): StatementTable => ({
  ...{
    raw,
    table,
    as: raw,
    at: "lake",
    columns: [],
    snapshotId: "1",
    rows: null,
    bytes: null,
    location: null,
  },
});

it("names tables as of another time by their own names, and leaves texts alone", () => {
  const sql = `SELECT 'time_travel.moment_0.orders', o.a FROM time_travel.moment_0.orders FOR VERSION AS OF 5 AS o JOIN time_travel.moment_1."my table" FOR VERSION AS OF 6 ON oops`;
  const prepared = {
    ...{ kind: "select" as const, sql, reads: [], write: null, isOrdered: false },
    origins: [[0, 100, sql.length]] as [number, number, number][],
  };
  const tables = [
    alias("time_travel.moment_0.orders", "lake.shop.orders"),
    alias("time_travel.moment_1.my table", 'analytics.a."my table"'),
  ];
  const read = readMoments(prepared, tables, { lake: "lake_w", analytics: "analytics_w" });
  expect(read.sql).toBe(
    `SELECT 'time_travel.moment_0.orders', o.a FROM "lake_w"."shop"."orders" FOR VERSION AS OF 5 AS o JOIN "analytics_w"."a"."my table" FOR VERSION AS OF 6 ON oops`,
  );
  expect(originOf(read.origins, read.sql.indexOf("oops"))).toBe(100 + sql.indexOf("oops"));
});
