import { describe, expect, it } from "vitest";
import { forecastErrors } from "./forecast-errors";
import shared from "./forecast-errors.cases.json";

describe("forecastErrors", () => {
  it.each(shared.cases)(
    "agrees with the cases that the jobs share: $name",
    ({ actual, predicted, expected }) => {
      const found: Record<string, number | null> = forecastErrors(actual, predicted);
      for (const [metric, value] of Object.entries(expected)) {
        if (value === null) expect(found[metric], metric).toBeNull();
        else expect(found[metric], metric).toBeCloseTo(value as number, 9);
      }
    },
  );

  it("refuses series of different lengths", () => {
    expect(() => forecastErrors([1], [])).toThrow(RangeError);
  });
});
