import { describe, expect, it } from "vitest";
import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { plantedRun, plantedTask } from "@/domain/pipelines/watch/planted-run";
import type { RunStatus } from "@/domain/shared/run-status";
import { summarizeRun, taskInFocus } from "./summarize-run";

const at = new Date(0);
const task = (taskId: string, status: RunStatus, attempts = 1): TaskView =>
  plantedTask(taskId, {
    status,
    maxAttempts: 3,
    startedAt: at,
    endedAt: status === "succeeded" ? at : null,
    attempts: Array.from({ length: attempts }, (_, index) => ({
      number: index + 1,
      status,
      jobId: null,
      progress: "",
      error: null,
      startedAt: at,
      endedAt: null,
    })),
  });
const run = (status: RunStatus, tasks: TaskView[]): RunView => plantedRun({ status, tasks });

describe("summarizeRun", () => {
  it("counts tasks that are done and attempts that were repeated", () => {
    expect(summarizeRun(run("running", [task("a", "succeeded"), task("b", "running", 2)]))).toBe(
      "running, 1 of 2 tasks done, 1 attempt failed and was tried again",
    );
  });
});

describe("summarizeRun of a run with a warning", () => {
  it("says so", () => {
    const warned = plantedRun({ status: "succeeded", warning: "d failed", tasks: [task("a", "succeeded")] });
    expect(summarizeRun(warned)).toBe("succeeded with a warning, 1 of 1 task done");
  });
});

describe("taskInFocus", () => {
  it("is the item of a map that failed first, not the map", () => {
    const failed = (taskId: string, second: number): TaskView => {
      const error = { code: "x", message: taskId, hint: null, detail: null };
      const one = task(taskId, "failed");
      const attempts = one.attempts.map((attempt) => ({ ...attempt, error }));
      return { ...one, childOf: "m", attempts, endedAt: new Date(second) };
    };
    const tasks = [task("m", "failed", 0), failed("m[0]", 9), failed("m[1]", 5), failed("m[2]", 5)];
    expect(taskInFocus(run("failed", tasks))).toBe("m[1]");
    expect(summarizeRun(run("failed", tasks))).toBe("failed, 0 of 1 task done");
  });

  it("is the failed task before all others", () => {
    expect(
      taskInFocus(run("failed", [task("a", "succeeded"), task("b", "failed"), task("c", "skipped")])),
    ).toBe("b");
  });

  it("is the task that runs, else the last that ended", () => {
    expect(taskInFocus(run("running", [task("a", "succeeded"), task("b", "running")]))).toBe("b");
    expect(taskInFocus(run("succeeded", [task("a", "succeeded"), task("b", "succeeded")]))).toBe("b");
  });
});
