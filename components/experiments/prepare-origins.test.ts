import { expect, it } from "vitest";
import { daysAhead, prepareOrigins } from "./prepare-origins";

const point = (origin: string, actual: number, predicted: number, lower: number | null = 0, upper = 15) => ({
  origin,
  date: origin,
  actual,
  predicted,
  lower,
  upper,
});

it("reports each origin for itself, the newest first", () => {
  const [newest, oldest] = prepareOrigins([
    point("2017-10-02", 10, 12),
    point("2017-10-02", 20, 14),
    point("2017-10-09", 10, 10, null),
  ]);
  expect(newest).toEqual({ origin: "2017-10-09", wape: 0, bias: 0, inside: 0, of: 0 });
  expect(oldest?.wape).toBeCloseTo(8 / 30);
  expect(oldest?.bias).toBeCloseTo(-4 / 30);
  expect([oldest?.inside, oldest?.of]).toEqual([1, 2]);
});

it("has no error where nothing was sold", () => {
  expect(prepareOrigins([point("2017-10-02", 0, 2)])[0]?.wape).toBeNull();
});

it("says how many days ahead only where every origin has as many", () => {
  const points = ["2017-10-02", "2017-10-02", "2017-10-09", "2017-10-09"].map((origin) =>
    point(origin, 1, 1),
  );
  expect(daysAhead(points)).toBe(2);
  expect(daysAhead(points.slice(1))).toBeNull();
  expect(daysAhead([])).toBeNull();
});
