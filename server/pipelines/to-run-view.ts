import { maxAttempts } from "../../domain/pipelines/retry-plan";
import type { RunView } from "../../domain/pipelines/run-view";
import type { StoredRun } from "./run-store";
import { toSummary } from "./to-summary";

/** A run as its page shows it: tasks in the document's order. */
export function toRunView(run: StoredRun): RunView {
  const stored = new Map(run.tasks.map((task) => [task.taskId, task]));
  return {
    ...toSummary(run),
    tasks: run.document.tasks.map((task) => {
      const state = stored.get(task.task_id);
      return {
        taskId: task.task_id,
        type: task.type,
        dependsOn: task.depends_on ?? [],
        status: state?.status ?? "queued",
        reused: state?.reused ?? false,
        maxAttempts: maxAttempts(task),
        outputs: state?.outputs ?? {},
        startedAt: state?.startedAt ?? null,
        endedAt: state?.endedAt ?? null,
        attempts: state?.attempts ?? [],
      };
    }),
  };
}
