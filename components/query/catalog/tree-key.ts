import { parentOf, type TreeRow } from "./prepare-tree";

export type TreeAct = { kind: "go"; to: number } | { kind: "toggle" | "insert" | "peek"; row: TreeRow };

type Press = { key: string; shiftKey: boolean };

/** What a key means in the tree while row `at` is active; null for keys that mean nothing there. */
export function treeKey({ key, shiftKey }: Press, rows: TreeRow[], at: number, page: number): TreeAct | null {
  const row = rows[at];
  if (row === undefined) return null;
  const go = (to: number): TreeAct => ({ kind: "go", to: Math.max(0, Math.min(rows.length - 1, to)) });
  switch (key) {
    case "ArrowDown":
      return go(at + 1);
    case "ArrowUp":
      return go(at - 1);
    case "PageDown":
      return go(at + page);
    case "PageUp":
      return go(at - page);
    case "Home":
      return go(0);
    case "End":
      return go(rows.length - 1);
    case "ArrowRight":
      return row.isOpen === false ? { kind: "toggle", row } : go(at + 1);
    case "ArrowLeft":
      return row.isOpen === true ? { kind: "toggle", row } : go(parentOf(rows, at));
    case " ":
      return row.isOpen === null ? null : { kind: "toggle", row };
    case "Enter":
      return shiftKey && row.kind === "table" ? { kind: "peek", row } : { kind: "insert", row };
    default:
      return null;
  }
}
