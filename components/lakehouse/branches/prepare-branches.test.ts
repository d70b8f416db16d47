import { describe, expect, it } from "vitest";
import type { Snapshot } from "../lake-types";
import { checkTemplate, distanceWords, prepareBranches, whyNotPublished } from "./prepare-branches";

const snapshot = (id: number, parentId: number | null) =>
  ({
    snapshotId: String(id),
    parentId: parentId === null ? null : String(parentId),
    version: id,
  }) as Snapshot;
const branch = (name: string, id: number) => ({ name, type: "branch" as const, snapshotId: String(id) });

/** 1 → 2 (main), 2 → 3 → 4 (ahead), 1 → 5 (behind). */
const snapshots = [snapshot(1, null), snapshot(2, 1), snapshot(3, 2), snapshot(4, 3), snapshot(5, 1)];
const table = {
  refs: [
    branch("stale", 1),
    branch("behind", 5),
    branch("main", 2),
    branch("audit", 4),
    { name: "v1", type: "tag" as const, snapshotId: "1" },
  ],
  history: [
    { snapshotId: "1", at: new Date(1) },
    { snapshotId: "2", at: new Date(2) },
  ],
};

describe("prepareBranches", () => {
  const rows = prepareBranches(table, snapshots);
  const row = (name: string) => rows.find((one) => one.name === name) ?? expect.fail(name);

  it("lists branches, main first, and no tag", () => {
    expect(rows.map(({ name }) => name)).toEqual(["main", "audit", "behind", "stale"]);
  });

  it("counts what a branch has and lacks", () => {
    expect(rows.map(distanceWords)).toEqual([
      "readers are here",
      "2 ahead of main",
      "1 ahead, 1 behind",
      "1 behind, nothing of its own",
    ]);
    expect(row("audit").head?.version).toBe(4);
  });

  it("publishes only what is ahead and nothing behind", () => {
    expect(whyNotPublished(row("audit"), null)).toBeNull();
    expect(whyNotPublished(row("behind"), null)).toMatch(/main has 1 commit that behind lacks/);
    expect(whyNotPublished(row("stale"), null)).toMatch(/nothing that readers/);
    expect(whyNotPublished(row("main"), null)).toMatch(/already/);
  });

  it("does not publish what fails its check, unless it has moved on since", () => {
    const check = { checkId: "c", branch: "audit", passed: false, failingRows: 516, columns: [], rows: [] };
    expect(whyNotPublished(row("audit"), { ...check, snapshotId: "4" })).toBe(
      "516 rows of audit fail the check.",
    );
    expect(whyNotPublished(row("audit"), { ...check, snapshotId: "3" })).toBeNull();
    expect(
      whyNotPublished(row("audit"), { ...check, snapshotId: "4", passed: true, failingRows: 0 }),
    ).toBeNull();
  });

  it("knows since when readers see it", () => {
    expect(row("main").publishedAt).toEqual(new Date(2));
    expect(row("audit").publishedAt).toBeNull();
  });
});

describe("checkTemplate", () => {
  it("asks for the rows that must not be", () => {
    expect(checkTemplate("lake.a.b", [{ name: "id" }])).toBe("SELECT * FROM lake.a.b\nWHERE id IS NULL");
    expect(checkTemplate("lake.a.b", [{ name: 'Č "x"' }])).toContain('WHERE "Č ""x""" IS NULL');
  });
});
