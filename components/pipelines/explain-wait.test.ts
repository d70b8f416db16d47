import { describe, expect, it } from "vitest";
import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { plantedRun, plantedTask } from "@/domain/pipelines/watch/planted-run";
import type { RunStatus } from "@/domain/shared/run-status";
import { explainWait } from "./explain-wait";

const task = (taskId: string, status: RunStatus, dependsOn: string[] = []): TaskView =>
  plantedTask(taskId, { status, dependsOn });
const run = (status: RunStatus, tasks: TaskView[]): RunView => plantedRun({ status, tasks });

describe("explainWait", () => {
  it("names the task that is waited for, and what it does", () => {
    const wait = explainWait(run("running", [task("a", "running"), task("b", "queued", ["a"])]), "b");
    expect(wait).toEqual({
      headline: "b waits for a",
      reasons: [{ taskId: "a", status: "running", sentence: "a is running" }],
    });
  });

  it("says that a free task waits for the worker", () => {
    expect(explainWait(run("queued", [task("a", "queued")]), "a")?.headline).toBe(
      "a waits for the worker to take it up",
    );
  });

  it("says why a task was skipped", () => {
    const wait = explainWait(run("failed", [task("a", "failed"), task("b", "skipped", ["a"])]), "b");
    expect(wait?.headline).toBe("b was skipped, because a failed");
  });

  it("explains nothing for a task that runs", () => {
    expect(explainWait(run("running", [task("a", "running")]), "a")).toBeNull();
  });
});
