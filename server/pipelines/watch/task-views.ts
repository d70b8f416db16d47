import type { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import { maxAttempts } from "../../../domain/pipelines/retry-plan";
import type { TaskView } from "../../../domain/pipelines/run-view";
import type { StoredTask } from "../run-store";

/** Tasks as a run's page shows them. A map's child has the attempts of its map. */
export function taskViews({ tasks: written }: PipelineDocument): (task: StoredTask) => TaskView {
  const byId = new Map(written.map((task) => [task.task_id, task]));
  return (task) => {
    const source = byId.get(task.childOf ?? task.taskId);
    return {
      taskId: task.taskId,
      type: task.type,
      childOf: task.childOf,
      dependsOn: task.childOf === null ? (source?.depends_on ?? []) : [],
      status: task.status,
      reused: task.reused,
      because: task.because,
      waits: task.waits,
      inputs: task.inputs,
      maxAttempts: source === undefined ? 1 : maxAttempts(source),
      outputs: task.outputs,
      startedAt: task.startedAt,
      endedAt: task.endedAt,
      attempts: task.attempts,
    };
  };
}
