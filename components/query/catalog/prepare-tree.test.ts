import { describe, expect, it } from "vitest";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import { groupNames, parentOf, prepareTree } from "./prepare-tree";

const names: CompletionNames = {
  version: "1",
  columnNames: ["id", "sale_date", "category"],
  types: ["bigint", "date", "varchar"],
  tables: [
    { parts: ["shop", "public", "orders"], columns: [0, 0], rows: null },
    { parts: ["analytics", "derived", "demand"], columns: [1, 1, 2, 2], rows: 6480, key: ["sale_date"] },
    {
      parts: ["lake", "grocery", "sales"],
      columns: [0, 0, 1, 1],
      rows: 14_203_114,
      foreignKeys: [{ columns: ["id"], table: "lake.grocery.products", references: ["id"] }],
    },
    { parts: ["lake", "grocery", "products"], columns: [0, 0, 2, 2], rows: 54 },
    { parts: ["lake", "raw", "events"], columns: [0, 0], rows: 3 },
  ],
};
const tree = groupNames(names);
const shown = (filter = "", toggled: string[] = []) =>
  prepareTree(tree, names, { filter, toggled: new Set(toggled) }).map(
    ({ depth, label }) => `${"  ".repeat(depth)}${label}`,
  );

describe("the tree of names", () => {
  it("shows the workspace's own catalogs first and open, a single schema too", () => {
    expect(shown()).toEqual(["lake", "  grocery", "  raw", "analytics", "  derived", "    demand", "shop"]);
  });

  it("opens and closes by hand", () => {
    expect(shown("", ["analytics", "lake\ngrocery"])).toEqual([
      "lake",
      "  grocery",
      "    products",
      "    sales",
      "  raw",
      "analytics",
      "shop",
    ]);
  });

  it("shows columns with types, keys and what they refer to", () => {
    const rows = prepareTree(tree, names, {
      filter: "",
      toggled: new Set(["lake\ngrocery", "lake\ngrocery\nsales", "analytics\nderived\ndemand"]),
    });
    const column = (label: string, type: string) =>
      rows.find((row) => row.kind === "column" && row.label === label && row.type === type);
    expect(column("id", "bigint")?.refersTo).toBe("lake.grocery.products");
    expect(column("sale_date", "date")?.isKey).toBe(false);
    expect(rows.filter(({ isKey }) => isKey).map(({ label }) => label)).toEqual(["sale_date"]);
    expect(rows.find(({ label }) => label === "sales")?.count).toBe(14_203_114);
    expect(rows.find(({ label }) => label === "grocery")?.count).toBe(2);
  });

  it("leaves what a filter names, by table or by column, and opens it", () => {
    expect(shown("prod")).toEqual(["lake", "  grocery", "    products"]);
    expect(shown("categ")).toEqual([
      "lake",
      "  grocery",
      "    products",
      "      category",
      "analytics",
      "  derived",
      "    demand",
      "      category",
    ]);
    expect(shown("lake categ")).toEqual(["lake", "  grocery", "    products", "      category"]);
    expect(shown("nothing")).toEqual([]);
  });

  it("knows the row that holds another", () => {
    const rows = prepareTree(tree, names, { filter: "", toggled: new Set() });
    expect(rows[parentOf(rows, 5)]?.label).toBe("derived");
    expect(parentOf(rows, 0)).toBe(0);
  });

  it("takes 100,000 tables with ten columns each in a moment", () => {
    const many: CompletionNames = {
      ...names,
      tables: Array.from({ length: 100_000 }, (_, index) => ({
        parts: ["lake", `s${index % 500}`, `table_${index}`],
        columns: [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2, 0, 0],
        rows: null,
      })),
    };
    const grouped = groupNames(many);
    const rows = prepareTree(grouped, many, { filter: "categ", toggled: new Set() });
    expect(rows[0]?.count).toBe(100_000);
    expect(rows.length).toBe(501);
  });
});
