import type { DocumentError } from "./document/document-error";
import { noSuchTask } from "./document/no-such-task";

export type DagTask = { task_id: string; depends_on?: string[] | undefined };

/** Every reason why these tasks are no directed acyclic graph: ids used twice, unknown dependencies, cycles. Empty when sound. */
export function checkDag(tasks: readonly DagTask[]): DocumentError[] {
  return [...checkIds(tasks), ...checkDependencies(tasks), ...checkCycle(tasks)];
}

function checkIds(tasks: readonly DagTask[]): DocumentError[] {
  const firstAt = new Map<string, number>();
  const errors: DocumentError[] = [];
  tasks.forEach((task, index) => {
    const first = firstAt.get(task.task_id);
    if (first === undefined) firstAt.set(task.task_id, index);
    else {
      errors.push({
        pointer: `/tasks/${index}/task_id`,
        code: "duplicate_id",
        message: `"${task.task_id}" is already the id of task ${first + 1}. Give each task an id of its own.`,
      });
    }
  });
  return errors;
}

function checkDependencies(tasks: readonly DagTask[]): DocumentError[] {
  const ids = new Set(tasks.map((task) => task.task_id));
  return tasks.flatMap((task, index) => {
    const seen = new Set<string>();
    return (task.depends_on ?? []).flatMap((dependency, place): DocumentError[] => {
      const pointer = `/tasks/${index}/depends_on/${place}`;
      if (seen.has(dependency)) {
        return [
          { pointer, code: "duplicate_id", message: `"${dependency}" is listed twice. Remove one of them.` },
        ];
      }
      seen.add(dependency);
      if (ids.has(dependency)) return [];
      const others = [...ids].filter((id) => id !== task.task_id);
      return [{ pointer, code: "unknown_task", ...noSuchTask(dependency, others) }];
    });
  });
}

/** Each loop by one complaint, at the task that closes it. */
function checkCycle(tasks: readonly DagTask[]): DocumentError[] {
  const places = new Map(tasks.map((task, index) => [task.task_id, index]));
  return findCycles(tasks).map((cycle) => ({
    pointer: `/tasks/${places.get(cycle[0] as string)}/depends_on`,
    code: "cycle",
    message: `These tasks wait for each other: ${loopText(cycle)}. Remove one of the dependencies.`,
  }));
}

const SHOWN = 12;

/** `a → b → a`; a long loop without its middle. */
export function loopText(cycle: readonly string[]): string {
  if (cycle.length <= SHOWN) return cycle.join(" → ");
  const left = cycle.length - SHOWN;
  return [...cycle.slice(0, SHOWN - 2), `… ${left} more …`, ...cycle.slice(-2)].join(" → ");
}

const MOST_CYCLES = 20;

/**
 * Cycles as paths whose last id is its first again, each task before the one it depends on: one at least for each part
 * of the graph that has any, twenty at most.
 */
export function findCycles(tasks: readonly DagTask[]): string[][] {
  const byId = new Map(tasks.map((task) => [task.task_id, task]));
  const finished = new Set<string>();
  const cycles: string[][] = [];
  for (const start of byId.keys()) {
    if (!finished.has(start)) walk(start, byId, finished, cycles);
    if (cycles.length >= MOST_CYCLES) break;
  }
  return cycles;
}

/** Depth first without recursion: a chain may be as long as the document allows. */
function walk(start: string, byId: Map<string, DagTask>, finished: Set<string>, cycles: string[][]): void {
  const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
  const onPath = new Map([[start, 0]]);
  while (path.length > 0 && cycles.length < MOST_CYCLES) {
    const top = path[path.length - 1] as { id: string; next: number };
    const dependency = byId.get(top.id)?.depends_on?.[top.next];
    if (dependency === undefined) {
      finished.add(top.id);
      onPath.delete(top.id);
      path.pop();
      continue;
    }
    top.next += 1;
    const seenAt = onPath.get(dependency);
    if (seenAt !== undefined) cycles.push([...path.slice(seenAt).map((step) => step.id), dependency]);
    else if (byId.has(dependency) && !finished.has(dependency)) {
      onPath.set(dependency, path.length);
      path.push({ id: dependency, next: 0 });
    }
  }
}
