import type { PipelineDocument, PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { PlanTask, RunPlan } from "../../../domain/pipelines/interpreter/run-plan";
import { parseDuration } from "../../../domain/pipelines/parse-duration";
import { maxAttempts } from "../../../domain/pipelines/retry-plan";
import type { ReusedTask } from "./execution-store";

/** What the interpreter has to know of a document, and of the tasks that are taken over. */
export function planOfRun(document: PipelineDocument, reused: readonly ReusedTask[]): RunPlan {
  const taken = new Map(reused.map((task) => [task.taskId, task]));
  const policies = document.failure_handling?.task_level ?? {};
  return {
    tasks: document.tasks.map((task): PlanTask => {
      const before = taken.get(task.task_id);
      return {
        id: task.task_id,
        dependsOn: task.depends_on ?? [],
        runWhen: task.run_when ?? "all_succeeded",
        maxAttempts: maxAttempts(task),
        firstRetryMs: parseDuration(task.retry_policy?.initial_interval ?? "1s"),
        backoff: task.retry_policy?.backoff_coefficient ?? 2,
        retriesOrdinary: task.retry_policy !== undefined,
        onFailure: policies[task.task_id] ?? "retry_then_fail",
        kind: kindOf(task),
        isReused: before !== undefined,
        ...(before?.outputs.chosen === undefined ? {} : { chosen: before.outputs.chosen }),
      };
    }),
    maxActiveTasks: document.max_active_tasks ?? 4,
    timeoutMs: document.timeout === undefined ? null : parseDuration(document.timeout),
  };
}

function kindOf(task: PipelineTask): PlanTask["kind"] {
  if (task.type === "branch") return { is: "branch" };
  return task.type === "map" ? { is: "map", maxParallel: task.config.max_parallel } : { is: "work" };
}
