import { describe, expect, it } from "vitest";
import { fireSlices, fireState, isToMake } from "./choose-fires";

const daily = { expression: "30 2 * * *", time_zone: "Europe/Prague" };
const iso = (fires: readonly Date[]) => fires.map((each) => each.toISOString().slice(5, 16));

describe("the fire times of a range", () => {
  it("hold its first moment and not its last, once each where clocks change", () => {
    const range = { from: new Date("2026-03-28T01:30Z"), until: new Date("2026-03-30T00:30Z") };
    expect(iso([...fireSlices(daily, range)].flat())).toEqual(["03-28T01:30", "03-29T01:00"]);
  });

  it("come in slices that leave none out", () => {
    const range = { from: new Date("2026-01-01T00:00Z"), until: new Date("2026-01-02T00:00Z") };
    const slices = [...fireSlices({ expression: "*/4 * * * *", time_zone: "UTC" }, range)];
    expect(slices.map((slice) => slice.length)).toEqual([250, 110]);
    expect(new Set(slices.flat().map(Number)).size).toBe(360);
  });

  it("are refused where there are too many, or the range is empty", () => {
    const from = new Date("2026-01-01T00:00Z");
    const every = { expression: "* * * * *", time_zone: "UTC" };
    const until = new Date("2026-01-09T00:00Z");
    expect(() => [...fireSlices(every, { from, until })]).toThrow(/more than 10000 fire times/);
    expect(() => [...fireSlices(every, { from, until: from })]).toThrow(/ends before/);
  });
});

describe("which of them get a run", () => {
  it.each([
    [[], "none", true, false],
    [["failed"], "failed", true, true],
    [["cancelled"], "failed", true, true],
    [["failed", "succeeded"], "succeeded", false, false],
    [["failed", "running"], "under_way", false, false],
    [["queued"], "under_way", false, false],
  ] as const)("with runs %s: %s", (statuses, state, missing, failed) => {
    expect(fireState(statuses)).toBe(state);
    expect([isToMake("all", state), isToMake("missing", state), isToMake("failed", state)]).toEqual([
      true,
      missing,
      failed,
    ]);
  });
});
