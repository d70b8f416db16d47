type Placed = { taskId: string; childOf: string | null };

const indexOf = ({ taskId }: Placed): number => Number(/\[(\d+)\]$/.exec(taskId)?.[1] ?? -1);

/** The tasks of `written` in that order, then the children of maps, by map and index. */
export function orderRunTasks<T extends Placed>(tasks: readonly T[], written: readonly string[]): T[] {
  const places = new Map(written.map((id, place) => [id, place]));
  const placed = tasks.map((task) => ({
    task,
    isChild: Number(task.childOf !== null),
    place: places.get(task.childOf ?? task.taskId) ?? 0,
    index: task.childOf === null ? -1 : indexOf(task),
  }));
  placed.sort((a, b) => a.isChild - b.isChild || a.place - b.place || a.index - b.index);
  return placed.map(({ task }) => task);
}
