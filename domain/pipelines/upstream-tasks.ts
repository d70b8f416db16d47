import type { PipelineTask } from "./document/pipeline-document";
import { upstreamOf } from "./document/upstream-of";

/** All tasks that `task` waits for, directly or not, nearest first. */
export const upstreamTasks = (task: PipelineTask, tasks: readonly PipelineTask[]): PipelineTask[] =>
  upstreamOf(tasks)(task);
