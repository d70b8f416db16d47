import { describe, expect, it } from "vitest";
import type { EvaluatedRun } from "./experiment-summary";
import { groupByExperiment } from "./group-by-experiment";

const run = (id: string, status: "PASS" | "FAIL" = "PASS"): EvaluatedRun => ({
  id,
  number: 1,
  pipelineId: "p",
  pipelineVersion: 1,
  status: "succeeded",
  endedAt: null,
  evaluatedAt: new Date(0),
  verdict: { status, wape: 0.2, holdoutWape: null, baselineWape: {}, wins: {} },
});

describe("groupByExperiment", () => {
  it("puts runs under their experiment, the newest as the last one", () => {
    const groups = groupByExperiment([
      { experiment: "units", run: run("c") },
      { experiment: "prices", run: run("b") },
      { experiment: "units", run: run("a") },
    ]);
    expect(groups.map(({ name, lastRun, runs }) => [name, lastRun.id, runs.map(({ id }) => id)])).toEqual([
      ["units", "c", ["c", "a"]],
      ["prices", "b", ["b"]],
    ]);
  });

  it("keeps the newer verdict of a run that was judged twice", () => {
    const [group] = groupByExperiment([
      { experiment: "units", run: run("a", "FAIL") },
      { experiment: "units", run: run("a", "PASS") },
    ]);
    expect(group?.runs.map(({ verdict }) => verdict.status)).toEqual(["FAIL"]);
  });
});
