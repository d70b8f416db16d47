import { describe, expect, it } from "vitest";
import { beginState } from "./begin-state";
import { decide } from "./decide";
import type { Decision } from "./decision";
import { fold } from "./fold";
import type { AttemptOutcome } from "./run-event";
import type { RunPlan } from "./run-plan";
import { behind, planOf } from "./scripted/plan-of";

const OUTCOMES: AttemptOutcome[] = [
  { status: "succeeded" },
  { status: "failed", kind: "final", error: { code: "x", message: "x", hint: null, detail: null } },
];
const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);
const wide = (count: number) =>
  planOf({
    first: {},
    ...Object.fromEntries(names(count).map((name) => [name, behind("first")])),
    last: behind(...names(count)),
  });
const chain = (count: number) =>
  planOf(
    Object.fromEntries(names(count).map((name, index) => [name, index === 0 ? {} : behind(`t${index - 1}`)])),
  );

/** Milliseconds of a processor for all decisions of a run whose attempts all come to `outcome`. */
function costMs(plan: RunPlan, outcome: AttemptOutcome): number {
  const before = process.cpuUsage();
  const state = beginState(plan);
  const underWay: string[] = [];
  let hasEnded = false;
  const carryOut = (decision: Decision) => {
    if (decision.do === "attempt") {
      fold(state, { type: "attempt_started", task: decision.task, attempt: 1 });
      underWay.push(decision.task);
    } else if (decision.do === "end_task")
      fold(state, { type: "task_ended", task: decision.task, status: decision.status });
    else hasEnded = true;
  };
  while (!hasEnded) {
    const decisions = decide(plan, state);
    decisions.forEach(carryOut);
    const task = decisions.length === 0 ? underWay.shift() : undefined;
    if (task !== undefined) fold(state, { type: "attempt_ended", task, attempt: 1, outcome, atMs: 0 });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe("The cost of deciding", () => {
  it.each([
    ["10,000 tasks side by side", wide(10_000)],
    ["10,000 tasks in a chain", chain(10_000)],
    ["1,000 tasks in a chain", chain(1_000)],
  ])("is below a second of one processor for %s", (_, plan) => {
    for (const outcome of OUTCOMES) expect(costMs(plan, outcome)).toBeLessThan(1_000);
  });
});
