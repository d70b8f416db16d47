import { describe, expect, it } from "vitest";
import type { MaintenancePlan } from "../ports/lake-admin";
import { describePlan } from "./describe-plan";

const plan = (changes: Partial<MaintenancePlan>): MaintenancePlan => ({
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
  ...changes,
});

describe("describePlan", () => {
  it("says what a compaction changes and what it does not", () => {
    const words = describePlan(
      plan({ filesIn: 1200, bytesIn: 2_500_000, filesOut: 1, scanSavingShare: 0.999 }),
    );
    expect(words).toMatch(/^1,200 files \(2\.5 MB\) become 1 file\. No row changes/);
    expect(words).toContain("opens 100 % fewer files");
  });

  it("counts what goes for good", () => {
    const files = ["a", "b"];
    expect(
      describePlan(plan({ action: "expire", snapshotIds: ["1"], files, bytesIn: 20, bytesOut: 8 })),
    ).toMatch(/^1 snapshot and 2 files \(12 bytes\)/);
    expect(describePlan(plan({ action: "remove_orphans", files, bytesIn: 3000 }))).toMatch(
      /^2 files \(3\.0 kB\) that no snapshot knows/,
    );
  });

  it.each(["compact", "expire", "remove_orphans"] as const)(
    "says that there is nothing to do: %s",
    (action) => {
      expect(describePlan(plan({ action }))).toMatch(/^There (is nothing|are no)/);
    },
  );
});
