import { describe, expect, it } from "vitest";
import type { TaskView } from "@/domain/pipelines/run-view";
import { plantedTask } from "@/domain/pipelines/watch/planted-run";
import { prepareGantt } from "./prepare-gantt";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));
type Attempt = TaskView["attempts"][number];
const attempt = (number: number, from: number, to: number | null, status: Attempt["status"]): Attempt => ({
  number,
  status,
  jobId: null,
  progress: "",
  error: null,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
});
const task = (taskId: string, attempts: Attempt[]): TaskView =>
  plantedTask(taskId, { status: "running", maxAttempts: 3, attempts });

describe("prepareGantt", () => {
  it("folds the items of a map into one row, and shows those that failed or run first where it is unfolded", () => {
    const item = (index: number, status: TaskView["status"], from: number, to: number | null) => ({
      ...task(`m[${index}]`, [attempt(1, from, to, status)]),
      childOf: "m",
      status,
      startedAt: at(from),
      endedAt: to === null ? null : at(to),
    });
    const many = Array.from({ length: 5_000 }, (_, index) => item(index, "succeeded", 0, 10));
    many[4_998] = item(4_998, "running", 10, null);
    many[4_999] = item(4_999, "failed", 10, 15);
    const tasks = [task("a", [attempt(1, 0, 5, "succeeded")]), task("m", []), ...many];
    const folded = prepareGantt(tasks, at(20));
    expect(folded?.rows).toMatchObject([
      { taskId: "a", fold: null },
      {
        taskId: "m",
        totalMs: 20_000,
        bars: [{ kind: "items", startShare: 0, widthShare: 1 }],
        fold: { words: "4,998 of 5,000 done, 1 running, 1 failed", isUnfolded: false, hidden: 5_000 },
      },
    ]);
    const unfolded = prepareGantt(tasks, at(20), new Set(["m"]));
    expect(unfolded?.rows).toHaveLength(102);
    expect(unfolded?.rows.slice(1, 5)).toMatchObject([
      { taskId: "m", fold: { isUnfolded: true, hidden: 4_900 } },
      { taskId: "m[4999]", isChild: true },
      { taskId: "m[4998]" },
      { taskId: "m[0]" },
    ]);
  });

  it("draws nothing before the first attempt", () => {
    expect(prepareGantt([task("a", [])], at(5))).toBeNull();
  });

  it("keeps attempts of a task in one row with the wait between them", () => {
    const gantt = prepareGantt(
      [task("a", [attempt(1, 0, 40, "failed"), attempt(2, 60, null, "running")])],
      at(100),
    );
    const bars = gantt?.rows[0]?.bars ?? [];
    expect(bars.map((bar) => [bar.kind, bar.startShare, bar.widthShare])).toEqual([
      ["attempt", 0, 0.4],
      ["wait", 0.4, expect.closeTo(0.2)],
      ["attempt", 0.6, 0.4],
    ]);
    expect(gantt?.nowShare).toBe(1);
  });

  it("ends the axis with the last attempt once all have ended", () => {
    const gantt = prepareGantt([task("a", [attempt(1, 0, 50, "succeeded")])], at(5000));
    expect(gantt?.nowShare).toBeNull();
    expect(gantt?.rows[0]?.bars[0]?.widthShare).toBe(1);
  });

  it("writes between one and seven major ticks", () => {
    for (const seconds of [2, 45, 400, 5000, 90_000]) {
      const gantt = prepareGantt([task("a", [attempt(1, 0, seconds, "succeeded")])], at(seconds));
      const major = gantt?.ticks.filter((tick) => tick.major).length ?? 0;
      expect(major, `${seconds} s`).toBeGreaterThanOrEqual(1);
      expect(major, `${seconds} s`).toBeLessThanOrEqual(7);
    }
  });
});
