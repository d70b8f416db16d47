import { describe, expect, it } from "vitest";
import { distinctNames, freeTableName, mayRead, quotedPath, tableNameProblem } from "./table-names";

describe("a name for a table of the browser", () => {
  it.each(["orders", "_x", "Orders_2026"])("may be %s", (name) => {
    expect(tableNameProblem(name, ["other"])).toBeNull();
  });

  it.each([
    ["", "Write"],
    ["2026", "digit"],
    ["my orders", "letters"],
    ["Select", "word of SQL"],
    ["ORDERS", "already"],
    ["x".repeat(129), "at most"],
  ])("may not be %s", (name, problem) => {
    expect(tableNameProblem(name, ["orders"])).toContain(problem);
  });

  it.each([
    ["Orders 2026.csv", "orders_2026"],
    ["2026-01.parquet", "data_2026_01"],
    ["Größe.json.gz", "gro_e"],
    ["order.csv", "order_2"],
    ["???", "data"],
  ])("is made of %s", (text, name) => {
    expect(freeTableName(text, [])).toBe(name);
  });

  it("is counted up where it is taken", () => {
    expect(freeTableName("result_1", ["Result_1"])).toBe("result_1_2");
  });
});

it("tells columns apart that have the same name", () => {
  expect(distinctNames(["id", "ID", "id", "", "id_2"])).toEqual(["id", "ID_2", "id_3", "column_4", "id_2_2"]);
});

it("quotes names", () => {
  expect(quotedPath(["lake", 'a"b'])).toBe('"lake"."a""b"');
});

it("finds tables that a statement may read", () => {
  expect(mayRead('SELECT * FROM "Orders" o', ["orders"])).toBe(true);
  expect(mayRead("SELECT * FROM lake.shop.orders", ["lake", "shop", "orders"])).toBe(true);
  expect(mayRead("SELECT 1", ["orders"])).toBe(false);
});
