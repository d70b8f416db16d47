import { nearestName } from "../../shared/nearest-name";
import { soleNearName } from "../../shared/sole-near-name";

/** That a task is not there, with the one that was meant or those that are. `meant`: where only one can be. */
export function noSuchTask(id: string, known: Iterable<string>): { message: string; meant?: string } {
  const ids = [...known];
  const near = nearestName(id, ids);
  if (near !== null) {
    const message = `There is no task "${id}". Did you mean "${near}"?`;
    return soleNearName(id, ids) === null ? { message } : { message, meant: near };
  }
  if (ids.length === 0) return { message: `There is no task "${id}". This is the only task.` };
  const some = ids.slice(0, 10).join(", ");
  const message = `There is no task "${id}". Tasks of this pipeline: ${some}${ids.length > 10 ? ` and ${ids.length - 10} more` : ""}.`;
  return { message };
}
