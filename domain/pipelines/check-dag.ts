import type { InputError } from "../shared/failure";

export type DagTask = { task_id: string; depends_on?: string[] | undefined };

/** Every reason why these tasks are no directed acyclic graph: ids used twice, unknown dependencies, cycles. Empty when sound. */
export function checkDag(tasks: readonly DagTask[]): InputError[] {
  return [...checkIds(tasks), ...checkDependencies(tasks), ...checkCycle(tasks)];
}

function checkIds(tasks: readonly DagTask[]): InputError[] {
  const firstAt = new Map<string, number>();
  const errors: InputError[] = [];
  tasks.forEach((task, index) => {
    const first = firstAt.get(task.task_id);
    if (first === undefined) firstAt.set(task.task_id, index);
    else {
      errors.push({
        pointer: `/tasks/${index}/task_id`,
        message: `"${task.task_id}" is already the id of task ${first + 1}. Give each task an id of its own.`,
      });
    }
  });
  return errors;
}

function checkDependencies(tasks: readonly DagTask[]): InputError[] {
  const ids = new Set(tasks.map((task) => task.task_id));
  return tasks.flatMap((task, index) =>
    (task.depends_on ?? []).flatMap((dependency, place) => {
      const pointer = `/tasks/${index}/depends_on/${place}`;
      if (!ids.has(dependency)) {
        const known = [...ids].filter((id) => id !== task.task_id).join(", ");
        return [
          {
            pointer,
            message: `There is no task "${dependency}". ${known === "" ? "This is the only task." : `Tasks of this pipeline: ${known}.`}`,
          },
        ];
      }
      if (task.depends_on?.indexOf(dependency) !== place) {
        return [{ pointer, message: `"${dependency}" is listed twice. Remove one of them.` }];
      }
      return [];
    }),
  );
}

function checkCycle(tasks: readonly DagTask[]): InputError[] {
  const cycle = findCycle(tasks);
  if (cycle === null) return [];
  const index = tasks.findIndex((task) => task.task_id === cycle[0]);
  return [
    {
      pointer: `/tasks/${index}/depends_on`,
      message: `These tasks wait for each other: ${cycle.join(" → ")}. Remove one of the dependencies.`,
    },
  ];
}

/** One cycle as a path whose last id is its first again, each task before the one it depends on; null where there is none. */
function findCycle(tasks: readonly DagTask[]): string[] | null {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const finished = new Set<string>();
  for (const start of byId.keys()) {
    const cycle = walk(start, byId, finished);
    if (cycle !== null) return cycle;
  }
  return null;
}

/** Depth first without recursion: a chain may be as long as the document allows. */
function walk(start: string, byId: Map<string, DagTask>, finished: Set<string>): string[] | null {
  const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
  const onPath = new Map([[start, 0]]);
  while (path.length > 0) {
    const top = path[path.length - 1] as { id: string; next: number };
    const dependency = byId.get(top.id)?.depends_on?.[top.next];
    if (finished.has(top.id) || dependency === undefined) {
      finished.add(top.id);
      onPath.delete(top.id);
      path.pop();
      continue;
    }
    top.next += 1;
    const seenAt = onPath.get(dependency);
    if (seenAt !== undefined) return [...path.slice(seenAt).map((step) => step.id), dependency];
    if (byId.has(dependency) && !finished.has(dependency)) {
      onPath.set(dependency, path.length);
      path.push({ id: dependency, next: 0 });
    }
  }
  return null;
}
