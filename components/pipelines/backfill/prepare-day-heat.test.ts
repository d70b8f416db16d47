import { describe, expect, it } from "vitest";
import { prepareDayHeat } from "./prepare-day-heat";

const day = (name: string, succeeded: number, failed = 0, other = 0) => ({
  day: name,
  succeeded,
  failed,
  other,
});

describe("the runs of days as a calendar", () => {
  it("has whole weeks from Monday, and marks what is in the range", () => {
    const { weeks, hiddenWeeks } = prepareDayHeat([], "2026-03-28", "2026-03-30");
    expect(hiddenWeeks).toBe(0);
    expect(weeks.map((week) => week.key)).toEqual(["2026-03-23", "2026-03-30"]);
    const inRange = weeks.flatMap((week) => week.days).filter((each) => each.isInRange);
    expect(inRange.map((each) => each.day)).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
  });

  it("shows how the runs of a day ended by shape, and says it in words", () => {
    const days = [
      day("2026-03-23", 2),
      day("2026-03-24", 0, 1),
      day("2026-03-25", 1, 1),
      day("2026-03-26", 0, 0, 3),
    ];
    const [week] = prepareDayHeat(days, "2026-03-23", "2026-03-29").weeks;
    expect(week?.days.map((each) => each.state)).toEqual([
      "succeeded",
      "failed",
      "warning",
      "queued",
      null,
      null,
      null,
    ]);
    expect(week?.days[2]?.label).toBe("2026-03-25: 1 succeeded, 1 failed");
    expect(week?.days[6]?.label).toBe("2026-03-29: no run");
  });

  it("shows the last weeks of a long range, and none of a wrong one", () => {
    const long = prepareDayHeat([], "2025-01-01", "2026-01-01");
    expect(long.weeks).toHaveLength(27);
    expect(long.hiddenWeeks).toBe(26);
    expect(long.weeks.at(-1)?.days.some((each) => each.day === "2026-01-01")).toBe(true);
    expect(prepareDayHeat([], "2026-01-02", "2026-01-01").weeks).toEqual([]);
    expect(prepareDayHeat([], "", "2026-01-01").weeks).toEqual([]);
  });
});
