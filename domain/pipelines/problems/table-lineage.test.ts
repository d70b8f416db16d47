import { describe, expect, it } from "vitest";
import { type TableMaker, tableLineage } from "./table-lineage";

const statement = (table: string, reads: string[], startsAnew: boolean): TableMaker => ({
  reads,
  writes: [{ table, startsAnew }],
  by: null,
});

describe("tableLineage", () => {
  it("forgets what a table was made of before it was made anew", () => {
    const lineage = tableLineage([
      statement("l.a.out", ["l.a.third"], false),
      statement("l.a.out", ["l.a.second"], true),
      statement("l.a.out", ["l.a.first"], false),
      { ...statement("l.a.out", ["l.a.nightly"], true), by: "nightly" },
    ]);
    expect(lineage).toEqual({
      "l.a.out": [
        { source: "l.a.third", by: null },
        { source: "l.a.second", by: null },
        { source: "l.a.nightly", by: "nightly" },
      ],
    });
  });

  it("knows of no table that is made of itself alone, or of nothing", () => {
    expect(
      tableLineage([statement("l.a.out", ["l.a.out"], false), statement("l.a.other", [], true)]),
    ).toEqual({});
  });
});
