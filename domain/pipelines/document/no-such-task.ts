import { nearestName } from "../../shared/nearest-name";

/** That a task is not there, with the one that was meant or those that are. */
export function noSuchTask(id: string, known: Iterable<string>): string {
  const ids = [...known];
  const near = nearestName(id, ids);
  if (near !== null) return `There is no task "${id}". Did you mean "${near}"?`;
  if (ids.length === 0) return `There is no task "${id}". This is the only task.`;
  const some = ids.slice(0, 10).join(", ");
  return `There is no task "${id}". Tasks of this pipeline: ${some}${ids.length > 10 ? ` and ${ids.length - 10} more` : ""}.`;
}
