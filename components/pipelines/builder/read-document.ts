import { isRecord } from "@/domain/shared/is-record";

const tasksOf = (document: unknown): unknown[] =>
  isRecord(document) && Array.isArray(document.tasks) ? document.tasks : [];

/** The id of the task at a place of the list; null where there is none. */
export function idAt(document: unknown, index: number): string | null {
  const task = tasksOf(document)[index];
  return isRecord(task) && typeof task.task_id === "string" ? task.task_id : null;
}

/** The JSON pointer of a task: `/tasks/3`. */
export const pointerOf = (document: unknown, id: string): string =>
  `/tasks/${tasksOf(document).findIndex((one) => isRecord(one) && one.task_id === id)}`;

/** What the document says for the case that the task fails; null where it says nothing. */
export function failurePolicyOf(document: unknown, id: string): string | null {
  const handling = isRecord(document) ? document.failure_handling : null;
  const levels = isRecord(handling) ? handling.task_level : null;
  const policy = isRecord(levels) ? levels[id] : null;
  return typeof policy === "string" ? policy : null;
}
