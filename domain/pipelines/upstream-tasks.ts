import type { PipelineTask } from "./pipeline-document";

/** All tasks that `task` waits for, directly or not, nearest first. */
export function upstreamTasks(task: PipelineTask, tasks: readonly PipelineTask[]): PipelineTask[] {
  const byId = new Map(tasks.map((each) => [each.task_id, each]));
  const found = new Set<PipelineTask>();
  let front = [task];
  while (front.length > 0) {
    front = front
      .flatMap((each) => each.depends_on ?? [])
      .flatMap((id) => byId.get(id) ?? [])
      .filter((each) => !found.has(each) && each !== task);
    for (const each of front) found.add(each);
  }
  return [...found];
}
