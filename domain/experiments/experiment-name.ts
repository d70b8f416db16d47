import type { PipelineDocument } from "../pipelines/document/pipeline-document";

/** Under which name a pipeline's training is tracked; the pipeline's own id where nothing trains. */
export function experimentName(document: PipelineDocument): string {
  for (const task of document.tasks) if (task.type === "ray_train") return task.config.mlflow_experiment;
  return document.pipeline_id;
}
