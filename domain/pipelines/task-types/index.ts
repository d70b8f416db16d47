import { batchInference } from "./batch-inference";
import { branch } from "./branch";
import { http } from "./http";
import { ingestionTrigger } from "./ingestion-trigger";
import { map } from "./map";
import { modelEvaluate } from "./model-evaluate";
import { python } from "./python";
import { qualityCheck } from "./quality-check";
import { rayServeUpdate } from "./ray-serve-update";
import { rayTrain } from "./ray-train";
import { sqlExecute } from "./sql-execute";
import { subPipeline } from "./sub-pipeline";
import type { TaskType } from "./task-type";

const REGISTRY = [
  ingestionTrigger,
  sqlExecute,
  qualityCheck,
  python,
  rayTrain,
  modelEvaluate,
  rayServeUpdate,
  batchInference,
  http,
  branch,
  map,
  subPipeline,
] as const;

/** Each type by itself, with its config's type: what the types of documents are made of. */
export type RegisteredType = (typeof REGISTRY)[number];

/** Every type of task, in the palette's order. A new one takes a file in this folder, a line here and its executor. */
export const TASK_TYPES: readonly TaskType[] = REGISTRY;

const byName = new Map(TASK_TYPES.map((each) => [each.type, each]));

/** Null where there is no such type. */
export const taskType = (type: string): TaskType | null => byName.get(type) ?? null;
