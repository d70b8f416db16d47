import { expect, it } from "vitest";
import { prepareFires } from "./prepare-fires";

it("shows fire times on the schedule's clock and in UTC, also where clocks change", () => {
  const fires = [new Date("2026-03-29T01:00Z"), new Date("2026-12-31T23:30Z")];
  expect(prepareFires(fires, "Europe/Prague")).toEqual([
    { key: "2026-03-29T01:00:00.000Z", inZone: "Sun 29 Mar 2026, 03:00", inUtc: "Sun 29 Mar 2026, 01:00" },
    { key: "2026-12-31T23:30:00.000Z", inZone: "Fri 1 Jan 2027, 00:30", inUtc: "Thu 31 Dec 2026, 23:30" },
  ]);
});
