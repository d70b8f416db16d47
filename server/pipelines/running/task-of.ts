import type { PipelineDocument, PipelineTask } from "../../../domain/pipelines/document/pipeline-document";

const CHILD = /^(.+)\[(\d+)\]$/;

/** The map that a child's id belongs to, and its place; null for the id of a task of the document. */
export function childPlace(taskId: string): { map: string; index: number } | null {
  const [, map, index] = CHILD.exec(taskId) ?? [];
  return map === undefined ? null : { map, index: Number(index) };
}

/** The task of a document, or what a map does for one item under the child's id. Null where there is none. */
export function taskOf({ tasks }: PipelineDocument, taskId: string): PipelineTask | null {
  const place = childPlace(taskId);
  const task = tasks.find((each) => each.task_id === (place?.map ?? taskId)) ?? null;
  if (place === null || task === null) return task;
  if (task.type !== "map") return null;
  // What a map holds is checked by its type once the expressions in it are filled in.
  return { ...task, ...task.config.task, task_id: taskId } as unknown as PipelineTask;
}
