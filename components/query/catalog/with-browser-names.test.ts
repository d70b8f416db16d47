import { describe, expect, it } from "vitest";
import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import { complete } from "@/domain/query/completion/complete";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import { nameModel } from "@/domain/query/completion/name-model";
import { withBrowserNames } from "./with-browser-names";

const NAMES: CompletionNames = {
  version: "1",
  columnNames: ["id"],
  types: ["bigint"],
  tables: [{ parts: ["lake", "shop", "orders"], columns: [0, 0], rows: 2 }],
};
const table = (path: string[], origin: BrowserTable["origin"]): BrowserTable => ({
  id: path.join("."),
  path,
  columns: [
    { name: "id", type: "bigint" },
    { name: "bonus", type: "double" },
  ],
  rows: 4,
  bytes: 10,
  origin,
  createdAt: "2026-01-31T10:00:00Z",
});
const FILE = table(["bonuses"], { kind: "file", fileName: "bonuses.csv", format: "csv" });

describe("names of the browser's own tables", () => {
  it("are proposed by one part, with their columns", () => {
    const names = withBrowserNames(NAMES, [FILE]) as CompletionNames;
    const proposals = (sql: string) =>
      complete(sql, sql.length, "trino", nameModel(names)).proposals.map(({ insert }) => insert);
    expect(proposals("SELECT * FROM bon")[0]).toBe("bonuses");
    expect(proposals("SELECT * FROM bonuses b WHERE b.bo")[0]).toBe("bonus");
    expect(names.columnNames).toEqual(["id", "bonus"]);
    expect(NAMES.columnNames).toEqual(["id"]);
  });

  it("leave out copies of tables of the lake, and change the version", () => {
    const copy = table(["lake", "shop", "orders"], {
      kind: "lake",
      table: "lake.shop.orders",
      snapshotId: "1",
    });
    expect(withBrowserNames(NAMES, [copy])).toBe(NAMES);
    expect(withBrowserNames(NAMES, [FILE])?.version).not.toBe("1");
  });
});
