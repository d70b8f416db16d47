import { describe, expect, it } from "vitest";
import { plantedRun } from "@/domain/pipelines/watch/planted-run";
import type { RunGrid } from "@/domain/pipelines/watch/run-grid";
import { describeCell, moveInGrid, prepareRunGrid } from "./prepare-run-grid";

const at = (seconds: number) => new Date(seconds * 1000);
const run = (number: number, from: number, to: number | null, more = {}) =>
  plantedRun({
    id: `r${number}`,
    number,
    status: to === null ? "running" : "succeeded",
    startedAt: at(from),
    endedAt: to === null ? null : at(to),
    ...more,
  });
const grid: RunGrid = {
  runs: [run(4, 0, 10), run(5, 20, 40, { warning: "d failed" }), run(6, 50, null)],
  tasks: [{ taskId: "a", type: "http", states: ["succeeded", null, "running"], ms: [4_000, null, null] }],
};

describe("prepareRunGrid", () => {
  it("draws durations against the longest, a run under way until now", () => {
    const { columns, longest, summary } = prepareRunGrid(grid, at(55));
    expect(columns.map(({ heightShare, state, isNumbered }) => [heightShare, state, isNumbered])).toEqual([
      [0.5, "succeeded", false],
      [1, "warning", true],
      [0.25, "running", true],
    ]);
    expect(longest).toBe("20.0 s");
    expect(summary).toBe("3 runs: 1 done, 1 warning, 1 running");
  });
});

describe("describeCell", () => {
  it("tells run, task, state and duration", () => {
    expect(describeCell(grid, 0, 0, at(55))).toBe("Run 4, a: done, 4.0 s");
    expect(describeCell(grid, 0, 1, at(55))).toBe("Run 5, a: not in version 1");
    expect(describeCell(grid, 0, 2, at(55))).toBe("Run 6, a: running");
    expect(describeCell(grid, -1, 2, at(55))).toBe(
      "Run 6 running, 5.0 s, asked for 1 Jan 1970, 00:00:00 UTC by Ada",
    );
  });
});

describe("moveInGrid", () => {
  it("stays inside, the bars above the first task included", () => {
    const size = { rows: 1, columns: 3 };
    expect(moveInGrid("ArrowUp", { row: 0, column: 2 }, size)).toEqual({ row: -1, column: 2 });
    expect(moveInGrid("ArrowUp", { row: -1, column: 2 }, size)).toEqual({ row: -1, column: 2 });
    expect(moveInGrid("ArrowRight", { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 2 });
    expect(moveInGrid("Home", { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 0 });
    expect(moveInGrid("a", { row: 0, column: 2 }, size)).toBeNull();
  });
});
