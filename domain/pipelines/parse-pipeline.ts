import type { z } from "zod";
import type { InputError } from "../shared/failure";
import { checkDag } from "./check-dag";
import { parseDuration } from "./parse-duration";
import { PipelineDocument, type PipelineTask } from "./pipeline-document";
import { upstreamTasks } from "./upstream-tasks";

export type ParsedPipeline = { ok: true; document: PipelineDocument } | { ok: false; errors: InputError[] };

/** Reads a pipeline as people write it. Every complaint comes back at once, each with a JSON pointer and how to mend it. */
export function parsePipeline(json: unknown): ParsedPipeline {
  const parsed = PipelineDocument.safeParse(json);
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(toInputErrors) };
  const document = parsed.data;
  const errors = [
    ...checkDag(document.tasks),
    ...document.tasks.flatMap((task, index) => checkTask(task, index, document.tasks)),
    ...checkTimeouts(document),
  ];
  return errors.length === 0 ? { ok: true, document } : { ok: false, errors };
}

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

function toInputErrors(issue: z.core.$ZodIssue): InputError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      message: `The field "${key}" is not known here. Remove it or correct its spelling.`,
    }));
  }
  if (issue.code === "invalid_union" && issue.path.at(-1) === "type") {
    return [
      {
        pointer: pointerOf(issue.path),
        message: "This type of task is not known. Use sql_execute, ray_train or model_evaluate.",
      },
    ];
  }
  return [{ pointer: pointerOf(issue.path), message: issue.message }];
}

function checkTask(task: PipelineTask, index: number, tasks: readonly PipelineTask[]): InputError[] {
  switch (task.type) {
    case "sql_execute":
      if ((task.config.sql === undefined) === (task.config.query_ref === undefined)) {
        return [
          {
            pointer: `/tasks/${index}/config`,
            message: "Give either sql or query_ref, the name of a saved query.",
          },
        ];
      }
      return [];
    case "ray_train":
      if (task.config.ray_config.use_gpu && task.config.ray_config.resources_per_worker.GPU === undefined) {
        return [
          {
            pointer: `/tasks/${index}/config/ray_config/resources_per_worker`,
            message: "use_gpu is true: say how many GPUs a worker gets, for example GPU: 1.",
          },
        ];
      }
      return [];
    case "model_evaluate":
      if (upstreamTasks(task, tasks).some(writesBacktest)) return [];
      return [
        {
          pointer: `/tasks/${index}/depends_on`,
          message:
            "No ray_train task before this one writes the output table backtest. Depend on one that names it in output_tables.",
        },
      ];
  }
}

const writesBacktest = (task: PipelineTask): boolean =>
  task.type === "ray_train" && task.config.output_tables?.backtest !== undefined;

function checkTimeouts(document: PipelineDocument): InputError[] {
  const zero = (text: string | undefined) => text !== undefined && parseDuration(text) === 0;
  const message = "A timeout of zero ends the work before it starts. Leave the field out for no limit.";
  return [
    ...(zero(document.timeout) ? [{ pointer: "/timeout", message }] : []),
    ...document.tasks.flatMap((task, index) =>
      zero(task.timeout) ? [{ pointer: `/tasks/${index}/timeout`, message }] : [],
    ),
  ];
}
