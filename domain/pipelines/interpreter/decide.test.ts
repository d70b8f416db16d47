import { describe, expect, it } from "vitest";
import { beginState } from "./begin-state";
import { decide } from "./decide";
import type { Decision } from "./decision";
import { fold } from "./fold";
import type { AttemptOutcome, FailureKind, RunEvent } from "./run-event";
import type { RunPlan } from "./run-plan";
import { behind, planOf, type Sketch } from "./scripted/plan-of";

const good: AttemptOutcome = { status: "succeeded" };
const bad = (kind: FailureKind = "ordinary"): AttemptOutcome => ({
  status: "failed",
  kind,
  error: { code: "x", message: "x", hint: null, detail: null },
});

/** In one line each, what a run does when its attempts come to the outcomes given; those not given succeed. */
function story(plan: RunPlan, outcomes: Record<string, AttemptOutcome[]> = {}): string[] {
  const state = beginState(plan);
  const lines: string[] = [];
  const follow: RunEvent[] = [];
  const carryOut = (decision: Decision): void => {
    if (decision.do === "attempt") {
      const { task, attempt } = decision;
      lines.push(`${task} ${attempt}`);
      fold(state, { type: "attempt_started", task, attempt });
      const outcome = outcomes[task]?.[attempt - 1] ?? good;
      follow.push({ type: "attempt_ended", task, attempt, outcome, atMs: 0 });
    } else if (decision.do === "wait") {
      const { task, attempt, ms } = decision;
      lines.push(`${task} waits ${ms}`);
      fold(state, { type: "wait_started", task, attempt });
      follow.push({ type: "wait_ended", task, attempt });
    } else if (decision.do === "roll_back") {
      lines.push(`${decision.task} is put back`);
      fold(state, { type: "roll_back_started", task: decision.task });
      follow.push({ type: "rolled_back", task: decision.task });
    } else if (decision.do === "end_task") {
      const { do: _, ...end } = decision;
      lines.push([decision.task, decision.status, decision.because].filter(Boolean).join(" "));
      fold(state, { type: "task_ended", ...end });
    } else {
      lines.push([decision.status, decision.warning].filter(Boolean).join(": "));
      fold(state, { type: "run_ended", status: decision.status, warning: decision.warning });
    }
  };
  for (let step = 0; step < 1_000; step += 1) {
    const decisions = decide(plan, state);
    expect(decide(plan, state)).toEqual(decisions);
    decisions.forEach(carryOut);
    if (decisions.length > 0) continue;
    const next = follow.shift();
    if (next === undefined) return lines;
    fold(state, next);
    fold(state, next);
  }
  throw new Error("The story has no end.");
}

const map = (maxParallel: number): Sketch => ({ kind: { is: "map", maxParallel } });
const items = (count: number): AttemptOutcome[] => [{ status: "succeeded", items: count }];

const CASES: [string, RunPlan, Record<string, AttemptOutcome[]>, string[]][] = [
  ["a run without tasks succeeds", planOf({}), {}, ["succeeded"]],
  [
    "a task runs once all that it depends on succeeded",
    planOf({ a: {}, b: {}, c: behind("a", "b", "a") }),
    {},
    ["a 1", "b 1", "a succeeded", "b succeeded", "c 1", "c succeeded", "succeeded"],
  ],
  [
    "at most so many tasks are under way",
    planOf({ a: {}, b: {}, c: {} }, { maxActiveTasks: 2 }),
    {},
    ["a 1", "b 1", "a succeeded", "c 1", "b succeeded", "c succeeded", "succeeded"],
  ],
  [
    "what stands behind a failure is skipped, and the run failed",
    planOf({ a: {}, b: behind("a"), c: behind("b"), d: {} }),
    { a: [bad()] },
    [
      "a 1",
      "d 1",
      "a failed",
      "b skipped upstream_failed",
      "c skipped upstream_failed",
      "d succeeded",
      "failed",
    ],
  ],
  [
    "each pause is longer than the one before, and no longer than an hour",
    planOf({ a: { maxAttempts: 4, firstRetryMs: 1_000_000 } }),
    { a: [bad(), bad("lost"), bad(), bad()] },
    [
      "a 1",
      "a waits 1000000",
      "a 2",
      "a waits 2000000",
      "a 3",
      "a waits 3600000",
      "a 4",
      "a failed",
      "failed",
    ],
  ],
  [
    "no pause of no length",
    planOf({ a: { maxAttempts: 2, firstRetryMs: 0 } }),
    { a: [bad()] },
    ["a 1", "a 2", "a succeeded", "succeeded"],
  ],
  [
    "an ordinary failure ends a task without a retry policy, a lost engine does not",
    planOf({
      a: { maxAttempts: 2, retriesOrdinary: false },
      b: { maxAttempts: 2, retriesOrdinary: false, firstRetryMs: 0 },
    }),
    { a: [bad()], b: [bad("lost")] },
    ["a 1", "b 1", "a failed", "b 2", "b succeeded", "failed"],
  ],
  [
    "a final failure is not tried again",
    planOf({ a: { maxAttempts: 3 } }),
    { a: [bad("final")] },
    ["a 1", "a failed", "failed"],
  ],
  [
    "a task that pauses leaves its place to others",
    planOf({ a: { maxAttempts: 2 }, b: {} }, { maxActiveTasks: 1 }),
    { a: [bad()] },
    ["a 1", "a waits 1000", "b 1", "a 2", "b succeeded", "a succeeded", "succeeded"].toSpliced(
      3,
      2,
      "b succeeded",
      "a 2",
    ),
  ],
  [
    "what is taken over is never attempted",
    planOf({ a: { isReused: true }, b: behind("a"), c: { ...behind("b"), isReused: true } }),
    {},
    ["b 1", "b succeeded", "succeeded"],
  ],
  [
    "a deployment that fails leaves a warning and a run that succeeded",
    planOf({ a: { onFailure: "skip_deployment_keep_current" }, b: behind("a"), c: behind("b"), d: {} }),
    { a: [bad()] },
    [
      "a 1",
      "d 1",
      "a failed",
      "b skipped kept_current",
      "c skipped kept_current",
      "d succeeded",
      "succeeded: Task a failed: what is deployed was left as it is.",
    ],
  ],
  [
    "a failed run has no warning, and a failure weighs more than a deployment that was kept",
    planOf({ a: { onFailure: "skip_deployment_keep_current" }, b: {}, c: behind("a", "b") }),
    { a: [bad()], b: [bad()] },
    ["a 1", "b 1", "a failed", "b failed", "c skipped upstream_failed", "failed"],
  ],
  [
    "what the task changed is put back after its last attempt",
    planOf({ a: { onFailure: "rollback_to_previous", maxAttempts: 2, firstRetryMs: 0 }, b: behind("a") }),
    { a: [bad(), bad()] },
    ["a 1", "a 2", "a is put back", "a failed", "b skipped upstream_failed", "failed"],
  ],
  [
    "a task that runs however it went runs after a failure; the run failed all the same",
    planOf({ a: {}, b: behind("a"), c: { ...behind("a", "b"), runWhen: "all_ended" } }),
    { a: [bad()] },
    ["a 1", "a failed", "b skipped upstream_failed", "c 1", "c succeeded", "failed"],
  ],
  [
    "what a branch does not choose is skipped, and all behind that alone",
    planOf({
      a: { kind: { is: "branch" } },
      b: behind("a"),
      c: behind("a"),
      d: behind("c"),
      e: behind("b", "d"),
    }),
    { a: [{ status: "succeeded", chosen: ["b"] }] },
    [
      "a 1",
      "a succeeded",
      "c skipped not_chosen",
      "b 1",
      "d skipped not_chosen",
      "b succeeded",
      "e 1",
      "e succeeded",
      "succeeded",
    ],
  ],
  [
    "what is not chosen does not run, though it would run however it went",
    planOf({ a: { kind: { is: "branch" } }, b: { ...behind("a"), runWhen: "all_ended" } }),
    { a: [{ status: "succeeded", chosen: [] }] },
    ["a 1", "a succeeded", "b skipped not_chosen", "succeeded"],
  ],
  [
    "a branch that is taken over chooses as it did",
    planOf({ a: { kind: { is: "branch" }, isReused: true, chosen: ["c"] }, b: behind("a"), c: behind("a") }),
    {},
    ["b skipped not_chosen", "c 1", "c succeeded", "succeeded"],
  ],
  [
    "a map over nothing succeeds",
    planOf({ a: map(2), b: behind("a") }),
    { a: items(0) },
    ["a 1", "a succeeded", "b 1", "b succeeded", "succeeded"],
  ],
  [
    "a map has so many children at the same time",
    planOf({ a: map(2) }),
    { a: items(3) },
    [
      "a 1",
      "a[0] 1",
      "a[1] 1",
      "a[0] succeeded",
      "a[2] 1",
      "a[1] succeeded",
      "a[2] succeeded",
      "a succeeded",
      "succeeded",
    ],
  ],
  [
    "a child that fails for good fails its map: those under way end, with their retries, the others are skipped",
    planOf({ a: { ...map(2), maxAttempts: 2, firstRetryMs: 5 } }),
    { a: items(4), "a[0]": [bad()], "a[1]": [bad("final")] },
    [
      "a 1",
      "a[0] 1",
      "a[1] 1",
      "a[0] waits 5",
      "a[1] failed",
      "a[2] skipped sibling_failed",
      "a[3] skipped sibling_failed",
      "a[0] 2",
      "a[0] succeeded",
      "a failed",
      "failed",
    ],
  ],
  [
    "a map is put back as a whole, by its own policy",
    planOf({ a: { ...map(2), onFailure: "rollback_to_previous" } }),
    { a: items(1), "a[0]": [bad()] },
    ["a 1", "a[0] 1", "a[0] failed", "a is put back", "a failed", "failed"],
  ],
  [
    "a cancel waits for what is under way and begins nothing",
    planOf({ a: {}, b: {}, c: behind("b") }),
    { a: [{ status: "cancelled" }] },
    ["a 1", "b 1", "cancelled"],
  ],
  [
    "a loop, which a checked plan does not have, ends as skipped",
    planOf({ a: behind("b"), b: behind("a"), c: {} }),
    {},
    ["c 1", "c succeeded", "a skipped upstream_failed", "b skipped upstream_failed", "failed"],
  ],
];

describe("What a run does", () => {
  it.each(CASES)("%s", (_, plan, outcomes, expected) => {
    expect(story(plan, outcomes)).toEqual(expected);
  });
});
