import { describe, expect, it } from "vitest";
import { insertColumns } from "./insert-columns";

const table = {
  name: "lake.shop.orders",
  columns: [
    { name: "id", type: "bigint", required: true },
    { name: "Amount", type: "decimal(12,2)" },
    { name: "at", type: "timestamp(6) with time zone" },
    { name: "tags", type: "array(varchar)" },
  ],
};
const whole = [
  { name: "a", type: "INTEGER" },
  { name: "b", type: "DECIMAL(10,2)" },
  { name: "c", type: "TIMESTAMP WITH TIME ZONE" },
  { name: "d", type: "VARCHAR[]" },
];

describe("insertColumns", () => {
  it("gives every column its name and type", () => {
    expect(insertColumns(table, null, whole, "duckdb")).toEqual({
      head: 'SELECT CAST(c0 AS BIGINT) AS "id", CAST(c1 AS DECIMAL(12,2)) AS "Amount", CAST(c2 AS TIMESTAMPTZ) AS "at", c3 AS "tags" FROM (',
      tail: "\n) AS given_rows (c0, c1, c2, c3)",
    });
  });

  it("orders named columns as the table has them, and fills up with NULL", () => {
    const given = [
      { name: "x", type: "decimal(5,1)" },
      { name: "y", type: "integer" },
    ];
    expect(insertColumns(table, ["amount", "ID"], given, "trino").head).toBe(
      'SELECT CAST(c1 AS bigint) AS "id", CAST(c0 AS decimal(12,2)) AS "Amount", CAST(NULL AS timestamp(6) with time zone) AS "at", CAST(NULL AS array(varchar)) AS "tags" FROM (',
    );
  });

  it.each<[string[] | null, string[], string]>([
    [null, ["BIGINT"], "takes 4 columns here, and the query gives 1"],
    [["id", "nope"], ["BIGINT", "BIGINT"], "has no column nope"],
    [["id", "ID"], ["BIGINT", "BIGINT"], "named twice"],
    [["amount"], ["DECIMAL(1,0)"], "must have a value"],
    [["id"], ["DOUBLE"], "is bigint, and the query gives it double"],
    [["id"], ["VARCHAR"], "gives it varchar"],
    [["id", "amount"], ["BIGINT", "DECIMAL(12,3)"], "gives it decimal(12,3)"],
    [["id", "at"], ["BIGINT", "TIMESTAMP"], "gives it timestamp"],
    [["id", "tags"], ["BIGINT", "VARCHAR"], "gives it varchar"],
  ])("refuses %j of %j", (named, types, message) => {
    const given = types.map((type) => ({ name: "x", type }));
    expect(() => insertColumns(table, named, given, "duckdb")).toThrow(message);
  });
});
