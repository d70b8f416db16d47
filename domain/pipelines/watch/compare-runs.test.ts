import { describe, expect, it } from "vitest";
import { compareRuns } from "./compare-runs";
import { plantedRun, plantedTask } from "./planted-run";

const ended = (taskId: string, seconds: number, more = {}) =>
  plantedTask(taskId, {
    status: "succeeded",
    startedAt: new Date(0),
    endedAt: new Date(seconds * 1_000),
    ...more,
  });

describe("compareRuns", () => {
  it("sets tasks side by side, with what they wrote; those that one run lacks and no items of maps", () => {
    const tables = [{ name: "a.b.c", rowCount: 7 }];
    const before = plantedRun({ tasks: [ended("old", 1), ended("a", 4, { outputs: { tables } })] });
    const after = plantedRun({
      tasks: [
        ended("a", 0, { reused: true }),
        plantedTask("new", { outputs: { metrics: { wape: 0.2 } } }),
        ended("new[0]", 1, { childOf: "new" }),
      ],
    });
    const none = { attempts: 0, rows: null, metrics: {} };
    expect(compareRuns(before, after)).toEqual([
      {
        taskId: "a",
        before: { ...none, state: "succeeded", ms: 4_000, rows: 7 },
        after: { ...none, state: "reused", ms: 0 },
      },
      {
        taskId: "new",
        before: null,
        after: { ...none, state: "queued", ms: null, metrics: { wape: 0.2 } },
      },
      { taskId: "old", before: { ...none, state: "succeeded", ms: 1_000 }, after: null },
    ]);
  });
});
