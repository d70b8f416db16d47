import type { InputError } from "../../shared/failure";
import { checkDag } from "../check-dag";
import { checkReferences } from "./check-references";
import { checkTimes } from "./check-times";
import { explainIssue } from "./explain-issue";
import { PipelineDocument, type PipelineTask } from "./pipeline-document";
import { readConfig, taskPlaces } from "./read-config";
import { upstreamOf } from "./upstream-of";

export type ParsedPipeline = { ok: true; document: PipelineDocument } | { ok: false; errors: InputError[] };

/**
 * Reads a pipeline as people write it. Every complaint comes back at once, each with a JSON pointer and how to mend it.
 * A document that is `ok` can be activated and run.
 */
export function parsePipeline(json: unknown): ParsedPipeline {
  const parsed = PipelineDocument.safeParse(json);
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue) => explainIssue(issue, json, PipelineDocument));
    return { ok: false, errors: [...errors, ...configErrors(json)] };
  }
  const upstream = upstreamOf(parsed.data.tasks);
  const read = parsed.data.tasks.map((task, index) =>
    readConfig(task, () => upstream(task), taskPlaces(index)),
  );
  const tasks = parsed.data.tasks.map(
    (task, index) => ({ ...task, config: read[index]?.config }) as PipelineTask,
  );
  const document = { ...parsed.data, tasks };
  const errors = [
    ...checkDag(tasks),
    ...read.flatMap((each) => each.errors),
    ...checkReferences(document),
    ...checkTimes(document),
  ];
  return errors.length === 0 ? { ok: true, document } : { ok: false, errors };
}

/** Where the whole has errors, those of the configs that can be told by themselves. */
function configErrors(json: unknown): InputError[] {
  const tasks = (json as { tasks?: unknown } | null)?.tasks;
  if (!Array.isArray(tasks)) return [];
  return tasks.flatMap((task: unknown, index) => {
    if (typeof task !== "object" || task === null || !("type" in task) || !("config" in task)) return [];
    if (typeof task.type !== "string" || typeof task.config !== "object" || task.config === null) return [];
    const { errors } = readConfig(
      { task_id: "", type: task.type, config: task.config },
      () => [],
      taskPlaces(index),
    );
    return errors.filter(({ pointer }) => pointer !== `/tasks/${index}/depends_on`);
  });
}
