import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import { Failure } from "../../../domain/shared/failure";
import type { TaskExecutor } from "../task-executor";
import { modelEvaluate } from "./model-evaluate";
import { rayTrain } from "./ray-train";
import { sqlExecute } from "./sql-execute";

type Executors = { [Type in PipelineTask["type"]]?: TaskExecutor<Extract<PipelineTask, { type: Type }>> };

/** Who does which type of task. A new type takes a file in domain/pipelines/task-types/, an executor here, and a line. */
const EXECUTORS: Executors = {
  sql_execute: sqlExecute,
  ray_train: rayTrain,
  model_evaluate: modelEvaluate,
};

export const executeTask: TaskExecutor = (task, work, sockets) => {
  const execute = EXECUTORS[task.type] as TaskExecutor | undefined;
  if (execute === undefined)
    throw new Failure("invalid_input", `Tasks of the type ${task.type} cannot run yet.`);
  return execute(task, work, sockets);
};
