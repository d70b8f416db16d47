import { describe, expect, it } from "vitest";
import { planRerun } from "./plan-rerun";

const chain = [
  { task_id: "a" },
  { task_id: "b", depends_on: ["a"] },
  { task_id: "c", depends_on: ["b"] },
  { task_id: "side" },
];

describe("planRerun", () => {
  it("runs everything again without a choice", () => {
    expect(
      planRerun(chain, { a: "succeeded", b: "succeeded", c: "succeeded", side: "succeeded" }, {}),
    ).toEqual({
      reused: [],
      again: ["a", "b", "c", "side"],
    });
  });

  it("takes over what is not behind the chosen task", () => {
    const done = { a: "succeeded", b: "succeeded", c: "succeeded", side: "succeeded" } as const;
    expect(planRerun(chain, done, { from: "b" })).toEqual({ reused: ["a", "side"], again: ["b", "c"] });
  });

  it("never takes over a task that did not succeed", () => {
    const statuses = { a: "failed", b: "skipped", c: "skipped", side: "succeeded" } as const;
    expect(planRerun(chain, statuses, { from: "c" })).toEqual({ reused: ["side"], again: ["a", "b", "c"] });
    expect(planRerun(chain, statuses, { only: "failed" })).toEqual({
      reused: ["side"],
      again: ["a", "b", "c"],
    });
  });

  it("refuses what cannot be meant", () => {
    const done = { a: "succeeded", b: "succeeded", c: "succeeded", side: "succeeded" } as const;
    expect(() => planRerun(chain, done, { only: "failed" })).toThrow("Every task");
    expect(() => planRerun(chain, done, { from: "x" })).toThrow('no task "x"');
    expect(() => planRerun(chain, done, { from: "a", only: "failed" })).toThrow("either");
  });
});
