import { retryAfterMs } from "./retry-after";
import type { AttemptOutcome, RunEvent } from "./run-event";
import type { RunState, TaskEntry } from "./run-state";
import { endEntry, expand, failForGood, move, stopMap, toEnd, toSkip } from "./settle";

/**
 * Takes an event into the state, in place, and returns it. An event that does not fit, such as one that comes twice,
 * changes nothing.
 */
export function fold(state: RunState, event: RunEvent): RunState {
  if (event.type === "run_cancelled") state.isCancelled = true;
  else if (event.type === "run_ended") state.isEnded = true;
  else if (event.type === "deadline_passed") passDeadline(state);
  else if (event.type !== "run_started") foldTask(state, event);
  return state;
}

type TaskEvent = Extract<RunEvent, { task: string }>;

function foldTask(state: RunState, event: TaskEvent): void {
  const entry = state.entries.get(event.task);
  if (entry === undefined || !fits(entry, event)) return;
  switch (event.type) {
    case "attempt_started":
      entry.attempt = event.attempt;
      move(state, entry, "attempting");
      while (state.readyFrom < state.ready.length && state.ready[state.readyFrom]?.phase !== "ready")
        state.readyFrom += 1;
      return;
    case "attempt_ended":
      endAttempt(state, entry, event.outcome);
      return;
    case "wait_started":
      move(state, entry, "pausing");
      return;
    case "wait_ended":
      move(state, entry, "ready");
      return;
    case "roll_back_started":
      move(state, entry, "rolling_back");
      return;
    case "rolled_back":
      toEnd(state, entry, { status: "failed" });
      return;
    case "task_ended": {
      const { status, because } = event;
      endEntry(state, entry, because === undefined ? { status } : { status, because });
      return;
    }
  }
}

function fits({ phase, attempt }: TaskEntry, event: TaskEvent): boolean {
  switch (event.type) {
    case "attempt_started":
      return phase === "ready" && event.attempt === attempt + 1;
    case "attempt_ended":
      return phase === "attempting" && event.attempt === attempt;
    case "wait_started":
      return phase === "pause_due" && event.attempt === attempt;
    case "wait_ended":
      return phase === "pausing" && event.attempt === attempt;
    case "roll_back_started":
      return phase === "roll_back_due";
    case "rolled_back":
      return phase === "rolling_back";
    case "task_ended":
      return phase !== "ended";
  }
}

function endAttempt(state: RunState, entry: TaskEntry, outcome: AttemptOutcome): void {
  if (outcome.status === "cancelled") {
    state.isCancelled = true;
    move(state, entry, "blocked");
  } else if (outcome.status === "succeeded") succeed(state, entry, outcome);
  else {
    const waitMs = state.isOutOfTime ? null : retryAfterMs(entry.task, entry.attempt, outcome.kind);
    if (waitMs === null) failForGood(state, entry);
    else move(state, entry, waitMs > 0 ? "pause_due" : "ready");
  }
}

type Success = Extract<AttemptOutcome, { status: "succeeded" }>;

function succeed(state: RunState, entry: TaskEntry, { chosen, items }: Success): void {
  const kind = entry.task.kind.is;
  if (kind === "branch" && chosen !== undefined) entry.chosen = new Set(chosen);
  if (kind === "map" && entry.map === null) expand(state, entry, items ?? 0);
  else toEnd(state, entry, { status: "succeeded" });
}

/** What has not begun is skipped, what pauses has failed, and what is under way ends by itself. */
function passDeadline(state: RunState): void {
  if (state.isOutOfTime) return;
  state.isOutOfTime = true;
  for (const entry of [...state.entries.values()]) stopLate(state, entry);
  state.ready = [];
  state.readyFrom = 0;
}

function stopLate(state: RunState, entry: TaskEntry): void {
  switch (entry.phase) {
    case "expanded":
      stopMap(state, entry, "out_of_time");
      return;
    case "blocked":
      toSkip(state, entry, "out_of_time");
      return;
    case "ready":
      if (entry.attempt === 0) toSkip(state, entry, "out_of_time");
      else failForGood(state, entry);
      return;
    case "pause_due":
    case "pausing":
      failForGood(state, entry);
      return;
    default:
  }
}
