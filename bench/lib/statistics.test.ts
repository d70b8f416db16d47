import { describe, expect, it } from "vitest";
import { alternating, median, quantile } from "./statistics";

describe("statistics of the benchmarks", () => {
  it("takes the middle value whatever the order, and the mean of two middle ones", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it("sorts by number, not by spelling", () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it("lets each side go first in turn", () => {
    const order = alternating(3, ["app", "bare"]).map(({ side }) => side);
    expect(order).toEqual(["app", "bare", "bare", "app", "app", "bare"]);
  });
});

it("takes a quantile by the nearest rank", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 3, 2], 0.95)).toBe(4);
  expect(() => quantile([], 0.5)).toThrow();
});
