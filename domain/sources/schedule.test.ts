import { describe, expect, it } from "vitest";
import { cronWords, lastFire, longestGapMs, nextFires } from "../shared/cron";
import { type CronSchedule, dueFire } from "./due-fire";

const at = (text: string) => new Date(text);
const cron = (expression: string, more: Partial<CronSchedule> = {}): CronSchedule => ({
  type: "cron",
  expression,
  ...more,
});
const PRAGUE = { time_zone: "Europe/Prague" };
const isos = (dates: Date[]) => dates.map((date) => date.toISOString().slice(5, 16));

describe("a schedule", () => {
  it("is told in words", () => {
    expect(cronWords(cron("0 6 * * *", PRAGUE))).toBe("At 06:00, every day (Europe/Prague)");
    expect(cronWords(cron("0 */6 * * *"))).toMatch(/every 6 hours.*\(UTC\)/);
  });

  it("fires a daily time once on the days when the clocks change", () => {
    expect(isos(nextFires(cron("30 2 * * *", PRAGUE), at("2026-03-28T00:00Z"), 3))).toEqual([
      "03-28T01:30",
      "03-29T01:00",
      "03-30T00:30",
    ]);
    expect(isos(nextFires(cron("30 2 * * *", PRAGUE), at("2026-10-24T12:00Z"), 2))).toEqual([
      "10-25T00:30",
      "10-26T01:30",
    ]);
  });

  it("fires hourly through both changes without a gap or a double", () => {
    for (const day of ["2026-03-29", "2026-10-25"]) {
      const fires = nextFires(cron("0 * * * *", PRAGUE), at(`${day}T00:30Z`), 6).map((each) =>
        each.getTime(),
      );
      expect(fires.slice(1).map((each, index) => each - (fires[index] ?? 0))).toEqual(
        Array(5).fill(3_600_000),
      );
    }
  });

  it("knows its newest fire time, the moment itself included", () => {
    const daily = cron("0 6 * * *");
    expect(lastFire(daily, at("2026-01-02T06:00:00.000Z"))).toEqual(at("2026-01-02T06:00Z"));
    expect(lastFire(daily, at("2026-01-02T05:59:59.999Z"))).toEqual(at("2026-01-01T06:00Z"));
  });

  it("knows its longest gap", () => {
    expect(longestGapMs(cron("0 9 * * 1-5"), at("2026-01-01T00:00Z"))).toBe(3 * 86_400_000);
    expect(longestGapMs(cron("0 * * * *"), at("2026-01-01T00:00Z"))).toBe(3_600_000);
  });
});

describe("what is due", () => {
  const hourly = cron("0 * * * *");
  const dealt = at("2026-01-01T03:00Z");

  it("is nothing between fire times", () => {
    expect(dueFire(hourly, dealt, at("2026-01-01T03:59:59Z"), false)).toEqual({
      start: null,
      dealtUntil: dealt,
    });
  });

  it("is the fire time when it comes, whatever the policy, and once", () => {
    const fire = at("2026-01-01T04:00Z");
    for (const missed of ["run_once", "skip"] as const) {
      const due = dueFire({ ...hourly, missed }, dealt, at("2026-01-01T04:00:01Z"), false);
      expect(due).toEqual({ start: fire, dealtUntil: fire });
      expect(
        dueFire({ ...hourly, missed }, due.dealtUntil, at("2026-01-01T04:00:02Z"), false).start,
      ).toBeNull();
    }
  });

  it("is one sync for all that were missed, or none", () => {
    const now = at("2026-01-01T09:30Z");
    const newest = at("2026-01-01T09:00Z");
    expect(dueFire(hourly, dealt, now, false)).toEqual({ start: newest, dealtUntil: newest });
    expect(dueFire({ ...hourly, missed: "skip" }, dealt, now, false)).toEqual({
      start: null,
      dealtUntil: newest,
    });
  });

  it("waits while a sync is under way, or lets the fire time go", () => {
    const now = at("2026-01-01T04:00:01Z");
    expect(dueFire(hourly, dealt, now, true)).toEqual({ start: null, dealtUntil: dealt });
    expect(dueFire({ ...hourly, missed: "skip" }, dealt, now, true)).toEqual({
      start: null,
      dealtUntil: at("2026-01-01T04:00Z"),
    });
  });
});
