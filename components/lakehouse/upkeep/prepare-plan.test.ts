import { describe, expect, it } from "vitest";
import type { Plan } from "../lake-types";
import { isPlanEmpty, preparePlan, whyNotExecuted } from "./prepare-plan";
import { UPKEEP_ACTS, upkeepOptions } from "./upkeep-acts";

const MIB = 1024 * 1024;
const plan = (changes: Partial<Plan>): Plan => ({
  planId: "p",
  action: "compact",
  basedOnSnapshotId: "1",
  filesIn: 0,
  bytesIn: 0,
  filesOut: 0,
  bytesOut: 0,
  files: [],
  snapshotIds: [],
  scanSavingShare: null,
  words: "",
  executed: false,
  snapshotId: null,
  ...changes,
});
const table = { fileCount: 318, bytes: 318 * MIB };
const cells = (lines: ReturnType<typeof preparePlan>) =>
  lines.map(({ label, now, after, difference }) => [label, now, after, difference]);

describe("preparePlan", () => {
  it("says of a compaction what gets worse first", () => {
    const lines = preparePlan(
      plan({ filesIn: 307, bytesIn: 307 * MIB, filesOut: 8, bytesOut: 300 * MIB }),
      table,
      4,
    );
    expect(lines[0]).toMatchObject({
      isWorse: true,
      now: "318 MiB",
      after: "618 MiB",
      difference: "+300 MiB",
    });
    expect(cells(lines.slice(1))).toEqual([
      ["Files that a scan opens", "318", "19", "−299"],
      ["Mean size of a file", "1.0 MiB", "16.4 MiB", "+15.4 MiB"],
    ]);
  });

  it("counts what an expiry takes away", () => {
    const expiry = plan({
      action: "expire",
      filesIn: 9,
      filesOut: 5,
      bytesIn: 3 * MIB,
      bytesOut: MIB,
      snapshotIds: ["1", "2"],
      files: ["a"],
    });
    expect(cells(preparePlan(expiry, table, 6))).toEqual([
      ["Snapshots to go back to", "6", "4", "−2"],
      ["Data files", "9", "5", "−4"],
      ["On disk", "3.0 MiB", "1.0 MiB", "−2.0 MiB"],
    ]);
  });

  it("counts orphans, and shows an empty table", () => {
    const orphans = plan({ action: "remove_orphans", filesIn: 3, filesOut: 3, bytesIn: 5, bytesOut: 5 });
    expect(cells(preparePlan(orphans, table, 1))).toEqual([
      ["Files in the folder", "3", "3", "0"],
      ["On disk", "5 B", "5 B", "0"],
    ]);
    expect(preparePlan(plan({}), { fileCount: 0, bytes: 0 }, 0)[2]).toMatchObject({
      now: "none",
      difference: "none",
    });
  });
});

describe("whether a plan can be carried out", () => {
  it("needs something to do and the state that it was made for", () => {
    const full = plan({ filesIn: 2 });
    expect(isPlanEmpty(plan({}))).toBe(true);
    expect(whyNotExecuted(plan({}), "1")).toMatch(/nothing to do/);
    expect(whyNotExecuted(full, "1")).toBeNull();
    expect(whyNotExecuted(full, "2")).toMatch(/writer has committed/);
    expect(isPlanEmpty(plan({ action: "expire", snapshotIds: ["1"] }))).toBe(false);
  });
});

describe("upkeepOptions", () => {
  const [compact] = UPKEEP_ACTS;
  if (compact === undefined) throw new Error("There is no compaction.");

  it("gives bytes for MiB, and what is not typed as it begins", () => {
    expect(upkeepOptions(compact, { target_bytes: "64" })).toEqual({ target_bytes: 64 * MIB, min_files: 2 });
  });

  it.each(["", "x", "0", "1.5"])("refuses %j", (target) => {
    expect(upkeepOptions(compact, { target_bytes: target })).toBeNull();
  });
});
