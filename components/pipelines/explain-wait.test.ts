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
    expect(explainWait(run("running", [task("a", "queued")]), "a")?.headline).toBe(
      "a waits for the worker to take it up",
    );
  });

  it("says why a task was skipped", () => {
    const skipped = { ...task("b", "skipped", ["a"]), because: "upstream_failed" };
    const wait = explainWait(run("failed", [task("a", "failed"), skipped]), "b");
    expect(wait).toEqual({
      headline: "b was skipped: a task before it did not succeed",
      reasons: [{ taskId: "a", status: "failed", sentence: "a failed" }],
    });
  });

  it("says what a task waits for that has begun and has no slot", () => {
    const waiting = { ...task("a", "running"), waits: "2 attempts of ray_train at a time" };
    expect(explainWait(run("running", [waiting]), "a")).toEqual({
      headline: "a waits for a free place",
      reasons: [{ taskId: "a", status: "queued", sentence: "2 attempts of ray_train at a time" }],
    });
  });

  it("tells a run that is not let in from a task that has no place in its run", () => {
    const two = [task("a", "running"), task("b", "queued")];
    expect(explainWait(run("running", two), "b")).toMatchObject({
      headline: "b waits for a place among the tasks of this run that are under way",
      reasons: [{ taskId: "a" }],
    });
    expect(explainWait(run("queued", [task("a", "queued")]), "a")?.headline).toBe(
      "a waits for the run to be let in",
    );
  });

  it("explains nothing for a task that runs", () => {
    expect(explainWait(run("running", [task("a", "running")]), "a")).toBeNull();
  });
});
