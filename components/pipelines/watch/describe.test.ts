import { describe, expect, it } from "vitest";
import { plantedRun, plantedTask } from "@/domain/pipelines/watch/planted-run";
import { countStates } from "./count-states";
import { describeSkip } from "./describe-skip";
import { describeTrigger } from "./describe-trigger";

describe("describeTrigger", () => {
  it("names who or what, and the fire time that the run stands for", () => {
    const scheduledFor = new Date("2026-02-03T02:00:00Z");
    expect(describeTrigger(plantedRun())).toBe("by Ada");
    expect(describeTrigger(plantedRun({ trigger: "schedule", scheduledFor }))).toBe(
      "by its schedule for 3 Feb 2026, 02:00:00 UTC",
    );
    expect(describeTrigger(plantedRun({ trigger: "backfill", scheduledFor }))).toBe(
      "by a back-fill of Ada for 3 Feb 2026, 02:00:00 UTC",
    );
    expect(describeTrigger(plantedRun({ trigger: "pipeline", startedBy: "nightly run 3" }))).toBe(
      "by a task of nightly run 3",
    );
    expect(describeTrigger(plantedRun({ trigger: "rerun" }))).toBe("as a rerun by Ada");
  });
});

describe("describeSkip", () => {
  it("has words for each reason, for one that it does not know its name, and for none nothing", () => {
    expect(describeSkip("kept_current")).toBe("a task before it failed, and what is in use stays");
    expect(describeSkip("new_reason")).toBe("new reason");
    expect(describeSkip(null)).toBeNull();
  });
});

describe("countStates", () => {
  it("leaves out states that no item is in, and those that wait", () => {
    const statuses = ["succeeded", "queued", "running", "running"] as const;
    const items = statuses.map((status, index) => plantedTask(`m[${index}]`, { status, childOf: "m" }));
    expect(countStates(items)).toBe("1 of 4 done, 2 running");
  });
});
