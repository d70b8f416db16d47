import { describe, expect, it } from "vitest";
import type { Snapshot } from "../lake-types";
import { comparedSnapshots, whyNotCompared } from "./compared-snapshots";

const snapshot = (id: number, parentId: number | null): Snapshot => ({
  snapshotId: String(id),
  parentId: parentId === null ? null : String(parentId),
  version: id,
  committedAt: new Date(id),
  operation: "append",
  writtenBy: "",
  kind: "run",
  addedRows: 0,
  deletedRows: 0,
  totalRows: 0,
  addedFiles: 0,
  removedFiles: 0,
  bytes: 0,
  schemaId: 0,
  refs: [],
});
const NONE = { a: null, b: null };
const three = [snapshot(3, 1), snapshot(2, 1), snapshot(1, null)];

describe("comparedSnapshots", () => {
  it("compares the head with what it was made of", () => {
    const { a, b } = comparedSnapshots(three, "3", NONE);
    expect([a?.version, b?.version]).toEqual([1, 3]);
  });

  it("takes what the address names, in either order", () => {
    const { a, b } = comparedSnapshots(three, "3", { a: "3", b: "2" });
    expect([a?.version, b?.version]).toEqual([3, 2]);
  });

  it.each([
    [[snapshot(1, null)], NONE, /one snapshot/],
    [three, { a: "99", b: null }, /not kept/],
    [three, { a: "3", b: "3" }, /both version 3/],
    [three, { a: null, b: "1" }, /no snapshot before B/],
    [three, NONE, null],
  ] as const)("says why there is nothing to compare", (snapshots, named, why) => {
    const found = whyNotCompared(comparedSnapshots(snapshots, "3", named), named, snapshots.length);
    if (why === null) expect(found).toBeNull();
    else expect(found).toMatch(why);
  });
});
