import { describe, expect, it } from "vitest";
import { wallClock } from "./wall-clock";

const ms = (text: string) => Date.parse(text);
const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 16);

describe("the clock on the wall", () => {
  it.each([
    ["Europe/Prague", "2026-07-01T12:00Z", "2026-07-01T10:00", null, false],
    ["Europe/Prague", "2026-03-29T02:30Z", "2026-03-29T01:00", null, true],
    ["Europe/Prague", "2026-10-25T02:30Z", "2026-10-25T00:30", "2026-10-25T01:30", false],
    ["America/New_York", "2026-03-08T02:00Z", "2026-03-08T07:00", null, true],
    ["Australia/Lord_Howe", "2026-10-04T02:15Z", "2026-10-03T15:30", null, true],
    ["Australia/Lord_Howe", "2026-04-05T01:45Z", "2026-04-04T14:45", "2026-04-04T15:15", false],
    ["Asia/Beirut", "2026-03-29T00:30Z", "2026-03-28T22:00", null, true],
    ["Pacific/Apia", "2011-12-30T12:00Z", "2011-12-30T10:00", null, true],
    ["Asia/Kathmandu", "2026-01-01T00:00Z", "2025-12-31T18:15", null, false],
    ["UTC", "2026-03-29T02:30Z", "2026-03-29T02:30", null, false],
  ])("in %s shows %s at %s and %s", (zone, wall, first, second, isSkipped) => {
    const found = wallClock(zone).instantsOf(ms(wall));
    expect([iso(found.first), iso(found.second), found.isSkipped]).toEqual([first, second, isSkipped]);
    if (!isSkipped) expect(iso(wallClock(zone).shows(found.first))).toBe(wall.slice(0, 16));
  });

  it("refuses a zone that there is not", () => {
    expect(() => wallClock("Europe/Praha")).toThrow(RangeError);
  });
});
