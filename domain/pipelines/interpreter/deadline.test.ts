import { describe, expect, it } from "vitest";
import { beginState } from "./begin-state";
import { decide } from "./decide";
import { fold } from "./fold";
import type { AttemptOutcome } from "./run-event";
import { behind, planOf } from "./scripted/plan-of";

const good: AttemptOutcome = { status: "succeeded" };
const bad: AttemptOutcome = {
  status: "failed",
  kind: "final",
  error: { code: "x", message: "x", hint: null, detail: null },
};

describe("The deadline of a run", () => {
  it("skips what has not begun, fails what pauses, and waits for what is under way", () => {
    const plan = planOf(
      { a: { maxAttempts: 2 }, b: {}, c: behind("b"), m: { kind: { is: "map", maxParallel: 1 } }, p: {} },
      { timeoutMs: 10 },
    );
    const state = beginState(plan);
    const start = (task: string) => fold(state, { type: "attempt_started", task, attempt: 1 });
    const end = (task: string, outcome: AttemptOutcome) =>
      fold(state, { type: "attempt_ended", task, attempt: 1, outcome, atMs: 1 });
    for (const task of ["a", "b", "m"]) start(task);
    end("a", { ...bad, kind: "ordinary" });
    fold(state, { type: "wait_started", task: "a", attempt: 1 });
    end("m", { status: "succeeded", items: 3 });
    start("m[0]");
    fold(state, { type: "deadline_passed", atMs: 10 });
    const ends = decide(plan, state);
    expect(ends).toEqual([
      { do: "end_task", task: "a", status: "failed" },
      { do: "end_task", task: "c", status: "skipped", because: "out_of_time" },
      { do: "end_task", task: "m[1]", status: "skipped", because: "out_of_time" },
      { do: "end_task", task: "m[2]", status: "skipped", because: "out_of_time" },
      { do: "end_task", task: "p", status: "skipped", because: "out_of_time" },
    ]);
    for (const decision of ends)
      if (decision.do === "end_task") {
        const { do: _, ...ended } = decision;
        fold(state, { type: "task_ended", ...ended });
      }
    expect(decide(plan, state)).toEqual([]);
    end("b", bad);
    end("m[0]", good);
    expect(decide(plan, state)).toEqual([
      { do: "end_task", task: "b", status: "failed" },
      { do: "end_task", task: "m[0]", status: "succeeded" },
    ]);
    fold(state, { type: "task_ended", task: "b", status: "failed" });
    fold(state, { type: "task_ended", task: "m[0]", status: "succeeded" });
    fold(state, { type: "task_ended", task: "m", status: "failed" });
    expect(decide(plan, state)).toEqual([{ do: "end_run", status: "failed", warning: null }]);
  });
});
