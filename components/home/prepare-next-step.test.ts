import { describe, expect, it } from "vitest";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { prepareNextStep } from "./prepare-next-step";

const PIPELINES = [
  { pipelineId: "other", name: "Other" },
  { pipelineId: "demand-forecast-daily", name: "Demand forecast" },
];

const run = (more: Partial<RunSummary>): RunSummary => ({
  id: "r1",
  number: 4,
  pipelineId: "demand-forecast-daily",
  pipelineVersion: 1,
  status: "succeeded",
  startedBy: "Ada",
  rerunOf: null,
  trigger: "manual",
  scheduledFor: null,
  parameters: {},
  error: null,
  warning: null,
  createdAt: new Date(0),
  startedAt: null,
  endedAt: null,
  ...more,
});

describe("prepareNextStep", () => {
  it("asks for a pipeline where there is none", () => {
    expect(prepareNextStep([], []).kind).toBe("no_pipeline");
  });

  it("offers to run the sample pipeline first, whatever else was run", () => {
    const step = prepareNextStep(PIPELINES, [run({ pipelineId: "other" })]);
    expect(step).toMatchObject({ kind: "run", pipelineId: "demand-forecast-daily" });
  });

  it("leads to a run at work, to its result, or to its error in the error's own words", () => {
    expect(prepareNextStep(PIPELINES, [run({ status: "retrying" })]).kind).toBe("watch");
    expect(prepareNextStep(PIPELINES, [run({})]).kind).toBe("read");
    const error = { code: "engine_failed", message: "Out of memory.", hint: null, detail: null };
    expect(prepareNextStep(PIPELINES, [run({ status: "failed", error })])).toMatchObject({
      kind: "mend",
      text: "Out of memory.",
    });
  });

  it("offers to run again after a cancelled run", () => {
    expect(prepareNextStep(PIPELINES, [run({ status: "cancelled" })]).kind).toBe("run");
  });
});
