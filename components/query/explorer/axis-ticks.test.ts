import { describe, expect, it } from "vitest";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { axisTicks } from "./axis-ticks";

const over = (from: number, to: number, kind: ColumnProfile["kind"] = "float") =>
  axisTicks({ kind, histogram: [{ from, to, rows: 1 }] } as unknown as ColumnProfile);
const labels = (ticks: ReturnType<typeof over>) =>
  ticks.map(({ label }) => label).filter((label) => label !== null);

describe("axisTicks", () => {
  it("stands at round numbers, with four small ticks between", () => {
    const ticks = over(-50, 50);
    expect(labels(ticks)).toEqual(["−40", "−20", "0", "20", "40"]);
    expect(ticks[0]).toEqual({ left: expect.closeTo(0.02), label: null });
    expect(ticks.filter(({ label }) => label === null)).toHaveLength(20);
    expect(labels(over(0, 850))[0]).toBe("0");
    expect(ticks.every(({ left }) => left >= 0 && left <= 1)).toBe(true);
  });

  it("stays sound for tiny, huge and single values", () => {
    expect(labels(over(0, 1e-9)).length).toBeGreaterThan(1);
    expect(labels(over(-9e18, 9e18)).length).toBeGreaterThan(1);
    expect(labels(over(7, 8)).length).toBeGreaterThan(1);
    expect(over(5, 5)).toEqual([]);
    expect(over(1e300, 1e300 * (1 + 1e-15))).toEqual([]);
    expect(axisTicks({ kind: "float", histogram: [] } as unknown as ColumnProfile)).toEqual([]);
  });

  it("stands at days and times", () => {
    const day = 86_400_000_000;
    expect(labels(over(0, 10 * day, "date"))).toEqual([
      "1 Jan 1970",
      "3 Jan 1970",
      "5 Jan 1970",
      "7 Jan 1970",
      "9 Jan 1970",
      "11 Jan 1970",
    ]);
    expect(labels(over(0, day / 24, "timestamp"))).toEqual([
      "00:00:00",
      "00:15:00",
      "00:30:00",
      "00:45:00",
      "01:00:00",
    ]);
  });
});
