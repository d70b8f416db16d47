import { describe, expect, it } from "vitest";
import {
  formatAge,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDifference,
  formatDuration,
  formatInstant,
  formatNumber,
  formatShare,
} from "./format";

describe("numbers", () => {
  it("groups thousands, keeps one precision and writes a true minus", () => {
    expect(formatNumber(14_203_114)).toBe("14,203,114");
    expect(formatNumber(-1234.5, 2)).toBe("\u22121,234.50");
  });

  it("says null where there is no number and 0 where it is zero", () => {
    expect(formatNumber(null)).toBe("null");
    expect(formatNumber(Number.NaN, 1)).toBe("null");
    expect(formatShare(undefined)).toBe("null");
    expect(formatNumber(0)).toBe("0");
  });

  it("writes a share as per cent and a difference with its sign", () => {
    expect(formatShare(0.131)).toBe("13.1 %");
    expect(formatDifference(3)).toBe("+3");
    expect(formatDifference(-3)).toBe("\u22123");
    expect(formatDifference(0)).toBe("0");
  });

  it("counts bytes in powers of 1024", () => {
    expect(formatBytes(512)).toBe("512 B");
    expect(formatBytes(1536)).toBe("1.5 KiB");
    expect(formatBytes(16 * 1024 ** 3)).toBe("16.0 GiB");
  });

  it("puts one thing in the singular", () => {
    expect(formatCount(1, "run")).toBe("1 run");
    expect(formatCount(1204, "category", "categories")).toBe("1,204 categories");
  });
});

describe("durations", () => {
  it.each([
    [190, "0.19 s"],
    [999, "1.0 s"],
    [12_400, "12.4 s"],
    [59_990, "1 min"],
    [252_000, "4 min 12 s"],
    [3_599_900, "1 h"],
    [7_500_000, "2 h 5 min"],
    [90_000_000, "1 d 1 h"],
    [-5, "0.00 s"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("times", () => {
  const now = new Date("2027-02-03T06:41:07Z");
  it.each([
    ["2027-02-03T06:41:05Z", "just now"],
    ["2027-02-03T06:40:27Z", "40 s ago"],
    ["2027-02-03T06:38:07Z", "3 min ago"],
    ["2027-02-03T04:00:00Z", "2 h ago"],
    ["2027-01-29T06:00:00Z", "5 d ago"],
    ["2026-11-21T06:00:00Z", "21 Nov 2026"],
  ])("%s is %s", (at, text) => {
    expect(formatAge(new Date(at), now)).toBe(text);
  });

  it("are written in UTC, whatever the machine's zone", () => {
    expect(formatDay(now)).toBe("3 Feb 2027");
    expect(formatClock(now)).toBe("06:41:07");
    expect(formatInstant(now)).toBe("3 Feb 2027, 06:41:07");
  });
});
