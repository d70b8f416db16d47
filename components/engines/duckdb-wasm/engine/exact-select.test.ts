import { describe, expect, it } from "vitest";
import { exactSelect } from "./exact-select";

describe("a statement whose rows come through Arrow", () => {
  it("stays as it is where nothing is lost", () => {
    const sql = "SELECT 1 a, 2 a";
    expect(
      exactSelect(sql, [
        { name: "a", type: "INTEGER" },
        { name: "a", type: "DECIMAL(38,0)" },
      ]),
    ).toBe(sql);
  });

  it("casts what Arrow would not carry, by its place", () => {
    const sql = "SELECT a, b FROM t -- all";
    const columns = [
      { name: "x", type: "BIGINT" },
      { name: "x", type: "TIME WITH TIME ZONE" },
      { name: "y", type: "STRUCT(k ENUM('a', 'it''s, b'), n INTEGER)[]" },
    ];
    expect(exactSelect(sql, columns)).toBe(
      "SELECT c0, CAST(c1 AS VARCHAR) AS c1, CAST(c2 AS STRUCT(k VARCHAR, n INTEGER)[]) AS c2 FROM (\nSELECT a, b FROM t -- all\n) AS exact(c0, c1, c2)",
    );
  });

  it.each(["BIT", "UHUGEINT", "BIGNUM", "ENUM('a', 'b')"])("reads %s as text", (type) => {
    expect(exactSelect("FROM t", [{ name: "x", type }])).toContain("CAST(c0 AS VARCHAR)");
  });
});
