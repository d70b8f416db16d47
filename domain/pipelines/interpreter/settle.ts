import type { SkipReason } from "./run-event";
import { childId } from "./run-plan";
import { newEntry, type RunState, type TaskEnd, type TaskEntry } from "./run-state";

const isDue = (entry: TaskEntry) => entry.phase.endsWith("_due");

/** Moves an entry on, and keeps what is counted by phase. */
export function move(state: RunState, entry: TaskEntry, phase: TaskEntry["phase"]): void {
  if (entry.phase === "attempting") state.attempting -= 1;
  if (entry.phase === "pausing") state.pausing -= 1;
  if (entry.phase === "rolling_back") state.rollingBack -= 1;
  if (isDue(entry)) state.due.delete(entry);
  entry.phase = phase;
  if (phase === "attempting") state.attempting += 1;
  if (phase === "pausing") state.pausing += 1;
  if (phase === "rolling_back") state.rollingBack += 1;
  if (phase === "ready") state.ready.push(entry);
  if (isDue(entry)) state.due.add(entry);
}

export function toEnd(state: RunState, entry: TaskEntry, end: TaskEnd): void {
  entry.end = end;
  move(state, entry, "end_due");
}

export const toSkip = (state: RunState, entry: TaskEntry, because: SkipReason): void =>
  toEnd(state, entry, { status: "skipped", because });

/** No further attempt follows. A map's child ends alone and leaves the rest to its map. */
export function failForGood(state: RunState, entry: TaskEntry): void {
  if (entry.map !== null) {
    toEnd(state, entry, { status: "failed" });
    stopMap(state, entry.map, "sibling_failed");
  } else if (entry.task.onFailure === "rollback_to_previous") move(state, entry, "roll_back_due");
  else toEnd(state, entry, { status: "failed" });
}

/** A map's own attempt succeeded with so many items. */
export function expand(state: RunState, map: TaskEntry, count: number): void {
  map.children = { count, created: 0, open: 0, isStopped: false, isFailing: false };
  if (count === 0) {
    toEnd(state, map, { status: "succeeded" });
    return;
  }
  move(state, map, "expanded");
  if (state.isOutOfTime) {
    stopMap(state, map, "out_of_time");
    return;
  }
  const width = map.task.kind.is === "map" ? Math.max(1, map.task.kind.maxParallel) : 1;
  for (let index = 0; index < Math.min(width, count); index += 1) move(state, addChild(state, map), "ready");
}

function addChild(state: RunState, map: TaskEntry): TaskEntry {
  const progress = map.children;
  if (progress === null) throw new Error(`${map.id} has no children.`);
  const child = newEntry(childId(map.id, progress.created), map.task, map);
  state.entries.set(child.id, child);
  progress.created += 1;
  progress.open += 1;
  return child;
}

/** Skips every child that has not begun; those under way go on. */
export function stopMap(state: RunState, map: TaskEntry, because: SkipReason): void {
  const progress = map.children;
  if (progress === null || progress.isStopped) return;
  progress.isStopped = true;
  for (let index = 0; index < progress.created; index += 1) {
    const child = state.entries.get(childId(map.id, index));
    if (child?.phase === "ready" && child.attempt === 0) toSkip(state, child, because);
  }
  while (progress.created < progress.count) toSkip(state, addChild(state, map), because);
}

/** The entry has ended: what waited for it may go on. */
export function endEntry(state: RunState, entry: TaskEntry, end: TaskEnd): void {
  entry.end = end;
  move(state, entry, "ended");
  if (entry.map !== null) {
    endChild(state, entry.map, end);
    return;
  }
  state.open -= 1;
  if (failsRun(state, entry, end)) state.isFailed = true;
  for (const dependent of state.dependents.get(entry.id) ?? []) {
    count(dependent, entry, end);
    if (dependent.upstream.left === 0) release(state, dependent);
  }
}

function failsRun(state: RunState, entry: TaskEntry, { status, because }: TaskEnd): boolean {
  if (status === "failed")
    return state.isOutOfTime || entry.task.onFailure !== "skip_deployment_keep_current";
  return because === "upstream_failed" || because === "out_of_time";
}

function endChild(state: RunState, map: TaskEntry, { status }: TaskEnd): void {
  const progress = map.children;
  if (progress === null) return;
  if (status !== "succeeded") progress.isFailing = true;
  progress.open -= 1;
  if (progress.created < progress.count) move(state, addChild(state, map), "ready");
  else if (progress.open > 0) return;
  else if (progress.isFailing) failForGood(state, map);
  else toEnd(state, map, { status: "succeeded" });
}

function count({ id, upstream }: TaskEntry, ended: TaskEntry, { status, because }: TaskEnd): void {
  upstream.left -= 1;
  if (status === "succeeded") {
    if (ended.chosen !== null && !ended.chosen.has(id)) upstream.notChosen += 1;
  } else if (status === "failed") {
    if (ended.task.onFailure === "skip_deployment_keep_current") upstream.keptCurrent += 1;
    else upstream.failed += 1;
  } else if (because === "not_chosen") upstream.notChosen += 1;
  else if (because === "kept_current") upstream.keptCurrent += 1;
  else if (because === "out_of_time") upstream.outOfTime += 1;
  else upstream.failed += 1;
}

/** All that a task depends on has ended: it starts or is skipped. What it says does not depend on the order of the ends. */
export function release(state: RunState, entry: TaskEntry): void {
  if (entry.phase !== "blocked") return;
  const { total, notChosen, failed, outOfTime, keptCurrent } = entry.upstream;
  if (total > 0 && notChosen === total) toSkip(state, entry, "not_chosen");
  else if (entry.task.runWhen === "all_ended") move(state, entry, "ready");
  else if (failed > 0) toSkip(state, entry, "upstream_failed");
  else if (outOfTime > 0) toSkip(state, entry, "out_of_time");
  else if (keptCurrent > 0) toSkip(state, entry, "kept_current");
  else move(state, entry, "ready");
}
