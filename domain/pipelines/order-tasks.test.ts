import { describe, expect, it } from "vitest";
import { orderTasks, readyTasks, unreachableTasks } from "./order-tasks";

const diamond = [
  { task_id: "d", depends_on: ["b", "c"] },
  { task_id: "b", depends_on: ["a"] },
  { task_id: "c", depends_on: ["a"] },
  { task_id: "a" },
];

describe("order of tasks", () => {
  it("puts each task after its dependencies", () => {
    expect(orderTasks(diamond)).toEqual(["a", "b", "c", "d"]);
  });

  it("offers both branches once their dependency is done, and never a task twice", () => {
    expect(readyTasks(diamond, {})).toEqual(["a"]);
    expect(readyTasks(diamond, { a: "succeeded" })).toEqual(["b", "c"]);
    expect(readyTasks(diamond, { a: "succeeded", b: "running" })).toEqual(["c"]);
    expect(readyTasks(diamond, { a: "succeeded", b: "succeeded", c: "failed" })).toEqual([]);
  });

  it("gives up what stands behind a failure, however far, and nothing else", () => {
    expect(unreachableTasks(diamond, { a: "failed" }).sort()).toEqual(["b", "c", "d"]);
    expect(unreachableTasks(diamond, { a: "succeeded", b: "failed", c: "running" })).toEqual(["d"]);
    expect(unreachableTasks(diamond, { a: "running" })).toEqual([]);
  });
});
