import { Cron } from "croner";
import { describe, expect, it } from "vitest";
import { lastFireTime, nextFireTimes } from "./fire-times";

const iso = (fires: readonly Date[]) => fires.map((each) => each.toISOString().slice(5, 16));
const pattern = (expression: string) => new Cron(expression, { utcOffset: 0, paused: true, mode: "5-part" });
const isHourly = (expression: string) => expression.split(" ")[1] === "*";
const next = (expression: string, timeZone: string, after: string, count: number) =>
  nextFireTimes(pattern(expression), { timeZone, isHourly: isHourly(expression) }, new Date(after), count);

describe("fire times where clocks change", () => {
  it.each([
    // A daily time that is left out fires when the gap ends, one that is shown twice at its first moment.
    ["30 2 * * *", "Europe/Prague", "2026-03-28T12:00Z", ["03-29T01:00", "03-30T00:30"]],
    ["30 2 * * *", "Europe/Prague", "2026-10-24T12:00Z", ["10-25T00:30", "10-26T01:30"]],
    ["30 2 * * *", "America/New_York", "2026-03-07T12:00Z", ["03-08T07:00", "03-09T06:30"]],
    ["30 1 * * *", "America/New_York", "2026-10-31T12:00Z", ["11-01T05:30", "11-02T06:30"]],
    // Half an hour, a midnight that does not exist, the southern half of the world.
    ["15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00Z", ["10-03T15:30", "10-04T15:15"]],
    ["45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00Z", ["04-04T14:45", "04-05T15:15"]],
    ["0 0 * * *", "America/Santiago", "2026-09-05T12:00Z", ["09-06T04:00", "09-07T03:00"]],
    ["30 0 * * *", "Asia/Beirut", "2026-03-28T12:00Z", ["03-28T22:00", "03-29T21:30"]],
    ["0 12 * * *", "Pacific/Apia", "2011-12-29T12:00Z", ["12-29T22:00", "12-30T10:00", "12-30T22:00"]],
    // Several that are left out are one, and one that is due there anyway is no second.
    ["*/20 2,3 * * *", "Europe/Prague", "2026-03-28T12:00Z", ["03-29T01:00", "03-29T01:20", "03-29T01:40"]],
    ["*/30 2 * * *", "Europe/Prague", "2026-10-24T12:00Z", ["10-25T00:00", "10-25T00:30", "10-26T01:00"]],
    ["30 */2 * * *", "Europe/Prague", "2026-03-28T23:00Z", ["03-28T23:30", "03-29T01:00", "03-29T02:30"]],
    // Every hour follows the clock of the world.
    ["30 * * * *", "Europe/Prague", "2026-03-28T23:00Z", ["03-28T23:30", "03-29T00:30", "03-29T01:30"]],
    [
      "*/30 * * * *",
      "Europe/Prague",
      "2026-10-25T00:15Z",
      ["10-25T00:30", "10-25T01:00", "10-25T01:30", "10-25T02:00"],
    ],
    ["0 2 * * *", "UTC", "2026-03-28T12:00Z", ["03-29T02:00", "03-30T02:00"]],
  ])("%s in %s after %s", (expression, zone, after, expected) => {
    expect(iso(next(expression, zone, after, expected.length))).toEqual(expected);
  });

  const zones = [
    "Europe/Prague",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
  ];
  const expressions = ["30 2 * * *", "*/20 * * * *", "*/30 1-3 * * 0", "0 0 * * *", "45 1,2 * * *"];
  it.each(zones.flatMap((zone) => expressions.map((each) => [zone, each] as const)))(
    "in %s come one by one as they come together, forwards and back: %s",
    (zone, expression) => {
      const options = { timeZone: zone, isHourly: isHourly(expression) };
      const cron = pattern(expression);
      for (const start of [
        "2026-03-06T21:10Z",
        "2026-03-28T20:10Z",
        "2026-04-04T11:10Z",
        "2026-10-24T20:10Z",
      ]) {
        const together = nextFireTimes(cron, options, new Date(start), 25);
        let at = new Date(start);
        for (const fire of together) {
          const [one] = nextFireTimes(cron, options, at, 1);
          expect(one).toEqual(fire);
          expect(lastFireTime(cron, options, fire)).toEqual(fire);
          const justBefore = lastFireTime(cron, options, new Date(fire.getTime() - 1));
          if (at.getTime() !== Date.parse(start)) expect(justBefore).toEqual(at);
          at = fire;
        }
      }
    },
  );

  it("are none where a pattern never fits", () => {
    expect(next("0 0 31 2 *", "Europe/Prague", "2026-01-01T00:00Z", 3)).toEqual([]);
  });
});
