import { expect, it } from "vitest";
import { limitRows } from "./limit-rows";

it.each([
  ["SELECT 1", "SELECT 1\nLIMIT 10"],
  ["SELECT 1 ; -- the end", "SELECT 1\nLIMIT 10"],
  ["SELECT * FROM t ORDER BY a LIMIT 5", "SELECT * FROM t ORDER BY a LIMIT 5"],
  ["SELECT * FROM t LIMIT 500", "SELECT * FROM t LIMIT 10"],
  ["SELECT * FROM t limit ALL", "SELECT * FROM t limit 10"],
  ["SELECT * FROM t LIMIT 500 OFFSET 3", "SELECT * FROM t LIMIT 10 OFFSET 3"],
  ["SELECT * FROM t OFFSET 3 LIMIT 500", "SELECT * FROM t OFFSET 3 LIMIT 10"],
  ["SELECT * FROM (SELECT * FROM t LIMIT 5)", "SELECT * FROM (SELECT * FROM t LIMIT 5)\nLIMIT 10"],
  ["SELECT * FROM t OFFSET 3", "SELECT * FROM t OFFSET 3\nLIMIT 10"],
])("%s", (sql, limited) => {
  expect(limitRows(sql, 10)).toBe(limited);
});
