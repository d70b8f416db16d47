import type { SkipReason } from "./run-event";
import type { PlanTask } from "./run-plan";

export type TaskEnd = { status: "succeeded" | "failed" | "skipped"; because?: SkipReason };

/**
 * Where a task, or a map's child, stands. What ends in `due` is for `decide` to ask for; `expanded` is a map whose
 * children are under way.
 */
export type Phase =
  | "blocked"
  | "ready"
  | "attempting"
  | "pause_due"
  | "pausing"
  | "expanded"
  | "roll_back_due"
  | "rolling_back"
  | "end_due"
  | "ended";

/** How the tasks ended that a task depends on; `left` counts those that have not. */
export type Upstream = {
  total: number;
  left: number;
  notChosen: number;
  failed: number;
  keptCurrent: number;
  outOfTime: number;
};

export type MapProgress = {
  count: number;
  /** Children 0 to `created` − 1 have an entry; `open` of them have not ended. */
  created: number;
  open: number;
  /** Whether no further child begins. */
  isStopped: boolean;
  /** Whether a child ended other than well. */
  isFailing: boolean;
};

export type TaskEntry = {
  id: string;
  /** Of a child: its map. */
  task: PlanTask;
  map: TaskEntry | null;
  phase: Phase;
  /** The last attempt that began; 0 before the first. */
  attempt: number;
  end: TaskEnd | null;
  upstream: Upstream;
  /** Of a branch that succeeded; null where all behind it go on. */
  chosen: ReadonlySet<string> | null;
  children: MapProgress | null;
};

/**
 * The whole state of a run. It follows from the plan and the events alone. It is kept up to date in place, so that an event
 * costs the same in a run of ten tasks and of ten thousand.
 */
export type RunState = {
  /** Tasks in the plan's order, then children in the order in which they came up. */
  entries: Map<string, TaskEntry>;
  dependents: ReadonlyMap<string, readonly TaskEntry[]>;
  /** Entries whose phase ends in `due`, oldest first. */
  due: Set<TaskEntry>;
  /** Entries that became ready, oldest first, from `readyFrom` on; those before it have begun. */
  ready: TaskEntry[];
  readyFrom: number;
  attempting: number;
  pausing: number;
  rollingBack: number;
  /** Tasks of the plan that have not ended. */
  open: number;
  isCancelled: boolean;
  isOutOfTime: boolean;
  /** Whether something failed that fails the run. */
  isFailed: boolean;
  isEnded: boolean;
};

export const newEntry = (id: string, task: PlanTask, map: TaskEntry | null): TaskEntry => ({
  id,
  task,
  map,
  phase: "blocked",
  attempt: 0,
  end: null,
  upstream: { total: 0, left: 0, notChosen: 0, failed: 0, keptCurrent: 0, outOfTime: 0 },
  chosen: null,
  children: null,
});
