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

describe("taskInFocus", () => {
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
