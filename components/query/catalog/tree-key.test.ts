import { expect, it } from "vitest";
import { groupNames, prepareTree } from "./prepare-tree";
import { treeKey } from "./tree-key";

const names = {
  version: "1",
  columnNames: ["id"],
  types: ["bigint"],
  tables: [{ parts: ["lake", "a", "t"] as [string, string, string], columns: [0, 0], rows: 1 }],
};
const rows = prepareTree(groupNames(names), names, { filter: "", toggled: new Set() });
const press = (key: string, at: number, shiftKey = false) => {
  const act = treeKey({ key, shiftKey }, rows, at, 10);
  if (act === null) return null;
  return act.kind === "go" ? `go ${act.to}` : `${act.kind} ${act.row.label}`;
};

it("walks the tree of names by keys", () => {
  expect(rows.map(({ label }) => label)).toEqual(["lake", "a", "t"]);
  expect(press("ArrowDown", 2)).toBe("go 2");
  expect(press("PageUp", 2)).toBe("go 0");
  expect(press("End", 0)).toBe("go 2");
  expect(press("ArrowRight", 2)).toBe("toggle t");
  expect(press("ArrowRight", 0)).toBe("go 1");
  expect(press("ArrowLeft", 2)).toBe("go 1");
  expect(press("ArrowLeft", 0)).toBe("toggle lake");
  expect(press("Enter", 2)).toBe("insert t");
  expect(press("Enter", 2, true)).toBe("peek t");
  expect(press("Enter", 1, true)).toBe("insert a");
  expect(press("x", 0)).toBeNull();
});
