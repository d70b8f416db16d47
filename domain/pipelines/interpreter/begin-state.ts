import type { RunPlan } from "./run-plan";
import { newEntry, type RunState, type TaskEntry } from "./run-state";
import { endEntry, release } from "./settle";

/** The state of a run before its first event. Tasks that are taken over have ended in it. */
export function beginState(plan: RunPlan): RunState {
  const entries = new Map(plan.tasks.map((task) => [task.id, newEntry(task.id, task, null)]));
  const dependents = new Map<string, TaskEntry[]>(plan.tasks.map((task) => [task.id, []]));
  for (const entry of entries.values()) {
    const upstream = new Set(entry.task.dependsOn);
    entry.upstream.total = upstream.size;
    entry.upstream.left = upstream.size;
    for (const id of upstream) dependents.get(id)?.push(entry);
  }
  const state: RunState = {
    entries,
    dependents,
    due: new Set(),
    ready: [],
    readyFrom: 0,
    attempting: 0,
    pausing: 0,
    rollingBack: 0,
    open: entries.size,
    isCancelled: false,
    isOutOfTime: false,
    isFailed: false,
    isEnded: false,
  };
  const own = [...entries.values()];
  for (const entry of own) if (entry.task.isReused) takeOver(state, entry);
  for (const entry of own) if (entry.upstream.total === 0) release(state, entry);
  return state;
}

function takeOver(state: RunState, entry: TaskEntry): void {
  const { chosen, kind } = entry.task;
  if (kind.is === "branch" && chosen !== undefined) entry.chosen = new Set(chosen);
  endEntry(state, entry, { status: "succeeded" });
}
