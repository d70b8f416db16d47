import type { PipelineTask } from "../../../domain/pipelines/pipeline-document";
import type { TaskExecutor } from "../task-executor";
import { modelEvaluate } from "./model-evaluate";
import { rayTrain } from "./ray-train";
import { sqlExecute } from "./sql-execute";

type Executors = { [Type in PipelineTask["type"]]: TaskExecutor<Extract<PipelineTask, { type: Type }>> };

/**
 * Who does which type of task. A new type takes three steps: its config in domain/pipelines/pipeline-document.ts, an
 * executor in this folder, and a line here; the compiler asks for whatever is missing.
 */
const EXECUTORS: Executors = {
  sql_execute: sqlExecute,
  ray_train: rayTrain,
  model_evaluate: modelEvaluate,
};

export const executeTask: TaskExecutor = (task, work, sockets) =>
  (EXECUTORS[task.type] as TaskExecutor)(task, work, sockets);
