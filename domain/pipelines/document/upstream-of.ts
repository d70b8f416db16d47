import type { DagTask } from "../check-dag";

/** Tells of a task all tasks that it waits for, directly or not, nearest first. */
export function upstreamOf<Task extends DagTask>(tasks: readonly Task[]): (task: Task) => Task[] {
  const byId = new Map(tasks.map((each) => [each.task_id, each]));
  return (task) => {
    const found = new Set<Task>();
    for (let front: Task[] = [task]; front.length > 0; ) {
      const before = front.flatMap((each) => each.depends_on ?? []).flatMap((id) => byId.get(id) ?? []);
      front = [...new Set(before)].filter((each) => each !== task && !found.has(each));
      for (const each of front) found.add(each);
    }
    return [...found];
  };
}
