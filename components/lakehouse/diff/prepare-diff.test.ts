import { describe, expect, it } from "vitest";
import type { DiffColumn, DiffRow } from "../lake-types";
import { diffCell, diffCsv, diffHead, diffSentence, kindFilters } from "./prepare-diff";

const column = (changes: Partial<DiffColumn> = {}): DiffColumn => ({
  before: "price",
  after: "price",
  type: "decimal(8,2)",
  changed: 0,
  ...changes,
});
const changed: DiffRow = { kind: "changed", changed: [1], before: ["1", "2.49"], after: ["1", null] };
const added: DiffRow = { kind: "added", changed: [], before: null, after: ["2", ""] };
const removed: DiffRow = { kind: "removed", changed: [], before: ["3", "=x"], after: null };

describe("the rows that differ", () => {
  it("are counted by kind", () => {
    expect(kindFilters({ added: 12_600, removed: 312, changed: 1946 }).map(({ label }) => label)).toEqual([
      "All 14,858",
      "~ 1,946 changed",
      "− 312 removed",
      "+ 12,600 added",
    ]);
  });

  it("say of a column what happened to it", () => {
    expect(diffHead(column(), ["price"]).note).toBe("key");
    expect(diffHead(column({ changed: 1558 }), []).note).toBe("1,558 changed");
    expect(diffHead(column({ before: "cost", changed: 2 }), [])).toMatchObject({
      name: "price",
      note: "was cost, 2 changed",
    });
    expect(diffHead(column({ before: null }), []).note).toBe("only in B");
    expect(diffHead(column({ after: null }), [])).toMatchObject({ name: "price", note: "only in A" });
    expect(diffHead(column(), []).note).toBeNull();
  });

  it("show A's value beside B's only where they differ", () => {
    expect(diffCell(changed, 0)).toEqual({ kind: "same", value: "1" });
    expect(diffCell(changed, 1)).toEqual({ kind: "both", a: "2.49", b: null });
    expect(diffCell(added, 1)).toEqual({ kind: "only-b", value: "" });
    expect(diffCell(removed, 1)).toEqual({ kind: "only-a", value: "=x" });
  });

  it("are said in a sentence", () => {
    const side = { snapshotId: "1", committedAt: new Date(0), totalRows: 1 };
    const diff = { from: side, to: side, columns: [], items: [], nextCursor: null, filesRead: 0 };
    expect(diffSentence({ ...diff, key: [], counts: { added: 0, removed: 0, changed: 0 } })).toBe(
      "A and B hold the same rows.",
    );
    expect(diffSentence({ ...diff, key: ["id"], counts: { added: 1, removed: 0, changed: 0 } })).toBe(
      "1 row differs, by key id",
    );
    expect(diffSentence({ ...diff, key: [], counts: { added: 1, removed: 1, changed: 0 } })).toBe(
      "2 rows differ, compared as whole rows",
    );
  });

  it("leave as CSV with both values, NULL apart from the empty text, no formula alive", () => {
    expect(diffCsv([column({ before: "id", after: "id" }), column()], [changed, added, removed])).toBe(
      [
        "difference,id (A),id (B),price (A),price (B)",
        "changed,1,1,2.49,",
        'added,,2,,""',
        "removed,3,,'=x,",
        "",
      ].join("\r\n"),
    );
  });
});
