import { describe, expect, it } from "vitest";
import { dueFires } from "./due-fires";
import { type CatchUp, readSchedule, type WrittenSchedule } from "./read-schedule";

const at = (text: string) => new Date(`2026-${text}Z`);
const due = (schedule: WrittenSchedule, dealt: string, now: string, isBusy = false) => {
  const { start, dealtUntil } = dueFires(readSchedule(schedule), at(dealt), at(now), isBusy);
  const short = (date: Date) => date.toISOString().slice(5, 16);
  return [start.map(short), short(dealtUntil)];
};
const daily = (catch_up: CatchUp, time_zone = "UTC") => ({ cron: "30 2 * * *", time_zone, catch_up });

describe("a document's schedule", () => {
  it("is in UTC and makes up for the newest time where it says nothing else", () => {
    expect(readSchedule("0 2 * * *")).toEqual({
      expression: "0 2 * * *",
      time_zone: "UTC",
      catchUp: "latest",
    });
  });
});

describe("what is due", () => {
  it.each([
    ["all", "01-05T09:00", [["01-03T02:30", "01-04T02:30", "01-05T02:30"], "01-05T02:30"]],
    ["latest", "01-05T09:00", [["01-05T02:30"], "01-05T02:30"]],
    ["none", "01-05T09:00", [[], "01-05T02:30"]],
    ["none", "01-05T02:31", [["01-05T02:30"], "01-05T02:30"]],
    ["none", "01-05T02:32", [[], "01-05T02:30"]],
    ["all", "01-03T02:29", [[], "01-02T02:30"]],
    ["latest", "01-03T02:29", [[], "01-02T02:30"]],
    ["latest", "01-03T02:30", [["01-03T02:30"], "01-03T02:30"]],
  ] as const)("with %s at %s", (catchUp, now, expected) => {
    expect(due(daily(catchUp), "01-02T02:30", now)).toEqual(expected);
  });

  it.each([
    ["all", [["01-03T02:30"], "01-03T02:30"]],
    ["latest", [[], "01-02T02:30"]],
    ["none", [[], "01-03T02:30"]],
  ] as const)("with %s while its runs go on", (catchUp, expected) => {
    expect(due(daily(catchUp), "01-02T02:30", "01-03T02:30", true)).toEqual(expected);
  });

  it("is bounded in one look, and goes on where it stopped", () => {
    const schedule = readSchedule({ cron: "* * * * *", catch_up: "all" });
    let dealt = at("01-01T00:00");
    const seen: number[] = [];
    for (;;) {
      const next = dueFires(schedule, dealt, at("01-01T03:20"), false);
      if (next.start.length === 0) break;
      expect(next.start.length).toBeLessThanOrEqual(50);
      seen.push(...next.start.map(Number));
      dealt = next.dealtUntil;
    }
    expect(seen).toEqual(
      Array.from({ length: 200 }, (_, minute) => at("01-01T00:01").getTime() + minute * 60_000),
    );
  });

  it.each([
    ["Europe/Prague", "03-28T12:00", "03-29T00:59", [[], "03-28T12:00"]],
    ["Europe/Prague", "03-28T12:00", "03-29T01:00", [["03-29T01:00"], "03-29T01:00"]],
    ["Europe/Prague", "03-29T01:00", "03-29T23:00", [[], "03-29T01:00"]],
    ["Europe/Prague", "10-24T12:00", "10-25T00:30", [["10-25T00:30"], "10-25T00:30"]],
    ["Europe/Prague", "10-25T00:30", "10-25T01:30", [[], "10-25T00:30"]],
    ["America/New_York", "03-07T12:00", "03-08T07:00", [["03-08T07:00"], "03-08T07:00"]],
    ["America/New_York", "10-31T12:00", "11-01T23:00", [["11-01T07:30"], "11-01T07:30"]],
  ] as const)("once where clocks change in %s, dealt with until %s, at %s", (zone, dealt, now, expected) => {
    for (const catchUp of ["all", "latest"] as const)
      expect(due(daily(catchUp, zone), dealt, now)).toEqual(expected);
  });
});
