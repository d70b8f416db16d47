import { describe, expect, it } from "vitest";
import { prepareRuler, shortCount } from "./prepare-ruler";

describe("prepareRuler", () => {
  it.each([100, 6_480, 14_203_114, 100_000_000])("labels round numbers of %i rows, none too near", (rows) => {
    const labels = prepareRuler(rows, 600).filter(({ label }) => label !== null);
    expect(labels.length).toBeGreaterThan(2);
    expect(labels.length).toBeLessThanOrEqual(13);
    labels.slice(1).forEach((tick, index) => {
      expect(tick.at - (labels[index]?.at ?? 0)).toBeGreaterThanOrEqual(47.9);
    });
    expect(prepareRuler(rows, 600).every(({ at }) => at >= 0 && at <= 600)).toBe(true);
  });

  it("stays empty where there is nothing to measure", () => {
    expect(prepareRuler(1, 600)).toEqual([]);
    expect(prepareRuler(100, 0)).toEqual([]);
  });

  it("never marks half a row", () => {
    expect(prepareRuler(5, 600).map(({ at }) => at)).toEqual([0, 120, 240, 360, 480, 600]);
  });

  it("writes short numbers that are exact", () => {
    expect([50, 1_500, 20_000, 73_500_000, 2e9].map(shortCount)).toEqual([
      "50",
      "1.5k",
      "20k",
      "73.5M",
      "2B",
    ]);
  });
});
