import type { RunHead, TaskView } from "../run-view";

/** What a follower of a run hears: first the whole run, then the run's own fields with the tasks that changed. */
export type RunChange = {
  run: RunHead;
  tasks: TaskView[];
  /** Whether `tasks` are all tasks of the run. */
  isWhole: boolean;
};
