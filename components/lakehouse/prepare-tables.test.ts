import { describe, expect, it } from "vitest";
import type { LakeTable } from "./lake-types";
import { prepareTables } from "./prepare-tables";

const table = (name: string, bytes = 10): LakeTable => ({
  name,
  tableId: name,
  metadataLocation: "",
  snapshotId: null,
  rowCount: 0,
  bytes,
  fileCount: 0,
  columns: [],
  version: 1,
  committedAt: new Date(0),
  writtenBy: "",
});

describe("prepareTables", () => {
  const tables = [
    table("lake.sample.orders"),
    table("analytics.derived.features", 5),
    table('lake.sample."a.b"'),
  ];

  it("groups by schema and sums their sizes", () => {
    const groups = prepareTables(tables, "");
    expect(groups.map(({ schema, bytes }) => [schema, bytes])).toEqual([
      ["analytics.derived", 5],
      ["lake.sample", 20],
    ]);
    expect(groups[1]?.tables.map(({ shortName }) => shortName)).toEqual(["a.b", "orders"]);
  });

  it("keeps the names that hold every word, in any case", () => {
    expect(prepareTables(tables, " SAMPLE ord ").flatMap((group) => group.tables)).toHaveLength(1);
    expect(prepareTables(tables, "sample features")).toEqual([]);
  });
});
