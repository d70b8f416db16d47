import { describe, expect, it } from "vitest";
import { prepareSchedule } from "./prepare-schedule";

const now = new Date("2026-11-21T16:30:00Z");

describe("prepareSchedule", () => {
  it("says a cron in words and gives the next five times in its own zone", () => {
    const shown = prepareSchedule(
      { type: "cron", expression: "0 */6 * * *", time_zone: "America/New_York" },
      now,
    );
    expect(shown).toMatchObject({
      kind: "cron",
      zone: "America/New_York",
      next: [
        "Sat 21 Nov 12:00",
        "Sat 21 Nov 18:00",
        "Sun 22 Nov 00:00",
        "Sun 22 Nov 06:00",
        "Sun 22 Nov 12:00",
      ],
    });
    expect(shown.kind === "cron" && shown.words).toMatch(/6 hours/);
  });

  it("says why an expression or a zone cannot be read", () => {
    expect(prepareSchedule({ type: "cron", expression: "61 * * * *" }, now)).toMatchObject({ kind: "wrong" });
    expect(
      prepareSchedule({ type: "cron", expression: "0 0 * * *", time_zone: "Mars/Base" }, now),
    ).toMatchObject({
      kind: "wrong",
      message: expect.stringContaining("Mars/Base"),
    });
    expect(prepareSchedule({ type: "cron", expression: "0 0 30 2 *" }, now)).toMatchObject({ kind: "wrong" });
    expect(prepareSchedule({ type: "cron", expression: " " }, now)).toMatchObject({ kind: "wrong" });
  });

  it("takes everything else for by hand", () => {
    expect(prepareSchedule(undefined, now)).toEqual({ kind: "manual" });
    expect(prepareSchedule({ type: "manual" }, now)).toEqual({ kind: "manual" });
  });
});
