import { describe, expect, it } from "vitest";
import type { BackfillView } from "@/domain/pipelines/backfill/backfill-view";
import { prepareBackfill } from "./prepare-backfill";

const view = (more: Partial<BackfillView>): BackfillView => ({
  id: "b",
  pipelineId: "p",
  pipelineVersion: 1,
  from: new Date(0),
  until: new Date(1),
  cron: null,
  timeZone: "UTC",
  status: "running",
  parallel: 2,
  newestFirst: false,
  which: "all",
  total: 30,
  made: 12,
  createdBy: "Ann",
  createdAt: new Date(0),
  endedAt: null,
  runs: { succeeded: 8, failed: 1, running: 1, queued: 1 },
  ...more,
});

describe("a back-fill on its page", () => {
  it("says how far it is and what can be done", () => {
    expect(prepareBackfill(view({}))).toEqual({
      state: "running",
      word: "going on",
      range: "1 Jan 1970 to 1 Jan 1970",
      doneShare: 10 / 30,
      progress: "12 times of 30: 8 done, 1 failed or cancelled, 2 under way, 1 not called for",
      canPause: true,
      canResume: false,
      canCancel: true,
    });
    expect(prepareBackfill(view({ status: "paused" }))).toMatchObject({ canPause: false, canResume: true });
  });

  it("names the days of its own zone", () => {
    const range = { from: new Date("2026-10-31T23:00Z"), until: new Date("2026-11-12T23:00Z") };
    expect(prepareBackfill(view({ ...range, timeZone: "Europe/Prague" })).range).toBe(
      "1 Nov 2026 to 12 Nov 2026",
    );
  });

  it("warns where it ended with failures, and offers nothing more", () => {
    const ended = prepareBackfill(view({ status: "ended", made: 30, runs: { succeeded: 29, failed: 1 } }));
    expect(ended).toMatchObject({ state: "warning", doneShare: 1, canPause: false, canCancel: false });
    expect(prepareBackfill(view({ status: "ended", made: 30, runs: { succeeded: 30 } })).state).toBe(
      "succeeded",
    );
  });
});
