import { expect, it } from "vitest";
import { prepareRange } from "./prepare-range";

it("turns days of a zone into moments, the last day whole, also where clocks change", () => {
  expect(prepareRange("2026-03-29", "2026-03-29", "Europe/Prague")).toEqual({
    from: new Date("2026-03-28T23:00Z"),
    until: new Date("2026-03-29T22:00Z"),
  });
  expect(prepareRange("2026-03-30", "2026-03-29", "UTC")).toBeNull();
  expect(prepareRange("", "2026-03-29", "UTC")).toBeNull();
});
