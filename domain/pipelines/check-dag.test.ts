import { describe, expect, it } from "vitest";
import { checkDag } from "./check-dag";

const task = (task_id: string, ...depends_on: string[]) => ({ task_id, depends_on });

describe("checkDag", () => {
  it("accepts a diamond", () => {
    expect(checkDag([task("a"), task("b", "a"), task("c", "a"), task("d", "b", "c")])).toEqual([]);
  });

  it("points at an id that is used twice", () => {
    expect(checkDag([task("a"), task("b"), task("a")])).toEqual([
      {
        pointer: "/tasks/2/task_id",
        code: "duplicate_id",
        message: expect.stringContaining("already the id of task 1"),
      },
    ]);
  });

  it("points at an unknown dependency and names the tasks that exist", () => {
    expect(checkDag([task("a"), task("b", "a", "x")])).toEqual([
      {
        pointer: "/tasks/1/depends_on/1",
        code: "unknown_task",
        message: 'There is no task "x". Tasks of this pipeline: a.',
      },
    ]);
  });

  it("points at a dependency that is listed twice", () => {
    expect(checkDag([task("a"), task("b", "a", "a")])).toEqual([
      {
        pointer: "/tasks/1/depends_on/1",
        code: "duplicate_id",
        message: expect.stringContaining("listed twice"),
      },
    ]);
  });

  it("shows the path of a cycle and not the way to it", () => {
    const errors = checkDag([task("z", "a"), task("a", "b"), task("b", "c"), task("c", "a")]);
    expect(errors).toEqual([
      { pointer: "/tasks/1/depends_on", code: "cycle", message: expect.stringContaining("a → b → c → a") },
    ]);
  });

  it("calls a task that waits for itself a cycle", () => {
    expect(checkDag([task("a", "a")])[0]?.message).toContain("a → a");
  });

  it("walks a chain of many thousands of tasks", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => task(`t${i}`, ...(i === 0 ? [] : [`t${i - 1}`])));
    expect(checkDag(chain.reverse())).toEqual([]);
  });
});
