import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { PipelineScheduleView } from "@/domain/pipelines/schedule/schedule-view";
import { SchedulePanel } from "./SchedulePanel";

const NIGHTLY: PipelineScheduleView = {
  expression: "0 2 * * *",
  timeZone: "Europe/Prague",
  words: "At 02:00, every day (Europe/Prague)",
  catchUp: "all",
  isPaused: false,
  isArchived: false,
  nextFires: [new Date("2026-01-02T01:00Z")],
  dealtUntil: null,
};
const shown = (more: Partial<PipelineScheduleView> = {}) => {
  const acts = { isBusy: false, whyNot: null, onPause: () => undefined, onResume: () => undefined };
  return renderToStaticMarkup(<SchedulePanel {...acts} schedule={{ ...NIGHTLY, ...more }} />);
};

describe("the panel of a schedule", () => {
  it("says it in words, with the next times on both clocks and what becomes of missed ones", () => {
    const html = shown();
    for (const part of [
      "At 02:00, every day (Europe/Prague)",
      "Fri 2 Jan 2026, 02:00",
      "Fri 2 Jan 2026, 01:00",
      "is made up for, in order",
      "Pause",
    ])
      expect(html).toContain(part);
    expect(html).not.toContain("Resume");
  });

  it("shows one clock where the schedule is in UTC", () => {
    expect(shown({ timeZone: "UTC" })).not.toContain(">UTC<");
  });

  it("says that nothing starts while it is paused, that it never fires, and that there is none", () => {
    const paused = shown({ isPaused: true, nextFires: [] });
    expect(paused).toContain("Nothing starts while it is paused");
    expect(paused).toContain("Resume");
    expect(paused).not.toContain("never fires");
    const archived = shown({ isArchived: true, nextFires: [] });
    expect(archived).toContain(">archived<");
    expect(archived).not.toContain("never fires");
    expect(shown({ nextFires: [] })).toContain("never fires");
    expect(shown({ expression: null, timeZone: null, words: null })).toContain("starts by hand only");
  });
});
