import { isRecord } from "../../shared/is-record";
import { checkDag } from "../check-dag";
import { checkReferences } from "./check-references";
import { checkTimes } from "./check-times";
import type { DocumentError } from "./document-error";
import { explainIssue } from "./explain-issue";
import { PipelineDocument, type PipelineTask } from "./pipeline-document";
import { readConfig, taskPlaces } from "./read-config";
import { upstreamOf } from "./upstream-of";

/** What a document says, null where it cannot be read as one, and what forbids to activate it. */
export function findErrors(json: unknown): { document: PipelineDocument | null; errors: DocumentError[] } {
  const parsed = PipelineDocument.safeParse(json);
  if (!parsed.success) {
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      const message = "A pipeline is a JSON object. Start with { and end with }.";
      return { document: null, errors: [{ pointer: "", code: "not_an_object", message }] };
    }
    const errors = parsed.error.issues.flatMap((issue) => explainIssue(issue, json, PipelineDocument));
    return { document: null, errors: [...errors, ...configErrors(json), ...graphErrors(json)] };
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
  return { document, errors };
}

/** Where the whole has errors, those of the configs that can be told by themselves. */
function configErrors(json: unknown): DocumentError[] {
  return looseTasks(json).flatMap(({ type, config }, index) => {
    if (typeof type !== "string" || !isRecord(config)) return [];
    const { errors } = readConfig({ task_id: "", type, config }, () => [], taskPlaces(index));
    return errors.filter(({ pointer }) => pointer !== `/tasks/${index}/depends_on`);
  });
}

/** And those of the graph, as far as tasks have ids. */
function graphErrors(json: unknown): DocumentError[] {
  return checkDag(
    looseTasks(json).map(({ task_id, depends_on }, index) => ({
      task_id: typeof task_id === "string" ? task_id : `\0${index}`,
      depends_on: (Array.isArray(depends_on) ? depends_on : []).map(String),
    })),
  );
}

const looseTasks = (json: unknown): Record<string, unknown>[] =>
  isRecord(json) && Array.isArray(json.tasks) ? json.tasks.map((task) => (isRecord(task) ? task : {})) : [];
