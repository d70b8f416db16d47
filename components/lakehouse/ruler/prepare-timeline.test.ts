import { describe, expect, it } from "vitest";
import type { Snapshot } from "../lake-types";
import { lineageOf } from "./main-lineage";
import { prepareTimeline } from "./prepare-timeline";
import { timeTicks } from "./time-ticks";

const START = Date.UTC(2026, 10, 7);
const DAY = 86_400_000;

const snapshot = (version: number, at: number, changes: Partial<Snapshot> = {}): Snapshot => ({
  snapshotId: String(version),
  parentId: version === 1 ? null : String(version - 1),
  version,
  committedAt: new Date(at),
  operation: "append",
  writtenBy: "run 1",
  kind: "run",
  addedRows: 100,
  deletedRows: 0,
  totalRows: 100,
  addedFiles: 1,
  removedFiles: 0,
  bytes: 10,
  schemaId: 0,
  refs: [],
  ...changes,
});

const daily = (count: number) =>
  Array.from({ length: count }, (_, index) => snapshot(index + 1, START + index * DAY));

describe("prepareTimeline", () => {
  it("places commits by their times, oldest first, with now at the end", () => {
    const { marks, spacing, nowLeft } = prepareTimeline(
      daily(10).reverse(),
      "10",
      new Date(START + 10 * DAY),
    );
    expect(spacing).toBe("time");
    expect(marks.map(({ snapshot: { version } }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const gaps = marks.slice(1).map(({ left }, index) => left - (marks[index]?.left ?? 0));
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(1e-9);
    expect(nowLeft).toBeCloseTo(0.985);
    expect(marks.at(-1)).toMatchObject({ isHead: true, isOnMain: true });
  });

  it("does not squeeze the commits for a long silence after them", () => {
    const { marks, nowLeft } = prepareTimeline(daily(5), "5", new Date(START + 400 * DAY));
    expect(nowLeft).toBeNull();
    expect(marks.at(-1)?.left).toBeCloseTo(0.985);
  });

  it("spaces commits evenly where their times are too close, and says so", () => {
    const burst = [
      ...daily(3),
      ...Array.from({ length: 20 }, (_, index) => snapshot(index + 4, START + 2 * DAY + index * 1000)),
    ];
    const { marks, spacing, ticks } = prepareTimeline(burst, "23", new Date(START + 3 * DAY));
    expect(spacing).toBe("commit");
    const lefts = marks.map(({ left }) => left);
    expect(Math.min(...lefts.slice(1).map((left, index) => left - (lefts[index] ?? 0)))).toBeGreaterThan(
      0.02,
    );
    expect(ticks).toHaveLength(23);
    expect(ticks[0]?.label).toBe("7 Nov 00:00");
  });

  it("labels commits of one day by the clock alone", () => {
    const burst = Array.from({ length: 50 }, (_, index) => snapshot(index + 1, START + index * 1000));
    const { ticks, spacing } = prepareTimeline(burst, "50", new Date(START + DAY));
    expect([spacing, ticks[0]?.label]).toEqual(["commit", "00:00:00"]);
    expect(ticks.filter(({ label }) => label !== null).length).toBeLessThan(11);
  });

  it("pushes two close commits apart and keeps them on the ruler", () => {
    const { marks, spacing } = prepareTimeline(
      [...daily(5), snapshot(6, START + 4 * DAY + 60_000)],
      "6",
      new Date(START + 5 * DAY),
    );
    expect(spacing).toBe("time");
    expect((marks[5]?.left ?? 0) - (marks[4]?.left ?? 0)).toBeCloseTo(0.022);
    expect(marks[5]?.left).toBeLessThanOrEqual(0.985 + 1e-9);
  });

  it("draws appends, rows gone, compactions and commits without rows each in its own way", () => {
    const { marks } = prepareTimeline(
      [
        snapshot(1, START),
        snapshot(2, START + DAY, { operation: "overwrite", addedRows: 25, deletedRows: 100 }),
        snapshot(3, START + 2 * DAY, { operation: "replace", kind: "compaction" }),
        snapshot(4, START + 3 * DAY, { addedRows: 0 }),
      ],
      "4",
      new Date(START + 4 * DAY),
    );
    expect(marks.map(({ shape, up, down }) => [shape, up, down])).toEqual([
      ["bars", 1, 0],
      ["bars", 0.5, 1],
      ["compaction", 1, 0],
      ["no-rows", 0, 0],
    ]);
    expect(marks[1]?.words).toBe("Version 2, run; 8 Nov 2026, 00:00:00 UTC; +25 rows, −100 rows");
    expect(marks[3]?.words).toContain("no row changed; readers are here");
  });

  it("tells what is not on main", () => {
    const { marks } = prepareTimeline(
      [snapshot(1, START), snapshot(2, START + DAY, { refs: ["audit"] })],
      "1",
      new Date(START + DAY),
    );
    expect(marks[1]).toMatchObject({ isOnMain: false });
    expect(marks[1]?.words).toContain("not on main, audit");
  });

  it("draws one commit, and none", () => {
    expect(prepareTimeline([snapshot(1, START)], "1", new Date(START)).marks[0]?.left).toBe(0.5);
    expect(prepareTimeline([], null, new Date(START)).marks).toEqual([]);
  });
});

describe("lineageOf", () => {
  it("follows parents and ends where one expired", () => {
    expect([...lineageOf(daily(4).slice(1), "3")]).toEqual(["3", "2"]);
    expect(lineageOf(daily(2), null).size).toBe(0);
  });
});

describe("timeTicks", () => {
  it.each([60_000, 3_600_000, DAY, 14 * DAY, 400 * DAY, 4000 * DAY])(
    "labels a span of %i ms at round moments",
    (span) => {
      const ticks = timeTicks(START, START + span, (time) => (time - START) / span);
      const labelled = ticks.filter(({ label }) => label !== null);
      expect(labelled.length).toBeGreaterThan(1);
      expect(labelled.length).toBeLessThanOrEqual(13);
      expect(ticks.every(({ left }) => left >= 0 && left <= 1)).toBe(true);
    },
  );
});
