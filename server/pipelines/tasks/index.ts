import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import { taskType } from "../../../domain/pipelines/task-types/index";
import { Failure } from "../../../domain/shared/failure";
import type { TaskExecutor } from "../task-executor";
import { branch } from "./branch";
import { http } from "./http";
import { ingestionTrigger } from "./ingestion-trigger";
import { map } from "./map";
import { modelEvaluate } from "./model-evaluate";
import { python } from "./python";
import { rayTrain } from "./ray-train";
import { sqlExecute } from "./sql-execute";
import { subPipeline } from "./sub-pipeline";

type Executors = { [Type in PipelineTask["type"]]?: TaskExecutor<Extract<PipelineTask, { type: Type }>> };

/** Who does which type of task. Types whose room is not there yet have nobody, and are refused before a run starts. */
const EXECUTORS: Executors = {
  ingestion_trigger: ingestionTrigger,
  sql_execute: sqlExecute,
  python,
  ray_train: rayTrain,
  model_evaluate: modelEvaluate,
  http,
  branch,
  map,
  sub_pipeline: subPipeline,
};

export const executeTask: TaskExecutor = async (task, work, sockets) => {
  const executor = EXECUTORS[task.type] as TaskExecutor | undefined;
  if (executor !== undefined) return executor(task, work, sockets);
  throw new Failure(
    "invalid_input",
    taskType(task.type)?.unavailable ?? `There is no task type ${task.type}.`,
  );
};
