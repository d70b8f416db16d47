import { describe, expect, it } from "vitest";
import { fireState, firesOfRange, isToMake } from "./choose-fires";

const daily = { expression: "30 2 * * *", time_zone: "Europe/Prague" };
const iso = (fires: readonly Date[]) => fires.map((each) => each.toISOString().slice(5, 16));

describe("the fire times of a range", () => {
  it("hold its first moment and not its last, once each where clocks change", () => {
    const range = {
      from: new Date("2026-03-28T01:30Z"),
      until: new Date("2026-03-30T00:30Z"),
      newestFirst: false,
    };
    expect(iso(firesOfRange(daily, range))).toEqual(["03-28T01:30", "03-29T01:00"]);
    expect(iso(firesOfRange(daily, { ...range, newestFirst: true }))).toEqual(["03-29T01:00", "03-28T01:30"]);
  });

  it("are refused where there are too many, or the range is empty", () => {
    const from = new Date("2026-01-01T00:00Z");
    const every = { expression: "* * * * *", time_zone: "UTC" };
    const until = new Date("2026-01-09T00:00Z");
    expect(() => firesOfRange(every, { from, until, newestFirst: false })).toThrow(
      /more than 10000 fire times/,
    );
    expect(() => firesOfRange(every, { from, until: from, newestFirst: false })).toThrow(/ends before/);
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
