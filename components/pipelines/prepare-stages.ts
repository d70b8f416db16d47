import type { Stage } from "@/components/graph/stage";
import { formatCount, formatDuration, formatNumber } from "@/components/ui/format";
import type { PipelineDocument, PipelineTask } from "@/domain/pipelines/document/pipeline-document";
import { maxAttempts } from "@/domain/pipelines/retry-plan";
import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { taskType } from "@/domain/pipelines/task-types";
import { tablesOf } from "@/domain/pipelines/task-types/tables-of";
import { mapChildren } from "@/domain/pipelines/watch/map-children";
import { countStates } from "./watch/count-states";
import { describeSkip } from "./watch/describe-skip";

/** The stages of a document, before any run or with the states of one. */
export function prepareStages(document: PipelineDocument, run: RunView | null, now: Date): Stage[] {
  const views = new Map(run?.tasks.map((view) => [view.taskId, view]));
  const children = mapChildren(run?.tasks ?? []);
  return document.tasks.map((task) => {
    const view = views.get(task.task_id) ?? null;
    return {
      id: task.task_id,
      kind: taskType(task.type)?.label ?? task.type,
      state: view?.status ?? null,
      reused: view?.reused ?? false,
      sentence:
        view === null
          ? planned(task)
          : sentenceOf(view, children.get(task.task_id) ?? [], run?.status === "queued"),
      facts: view === null ? limitsOf(task) : factsOf(view, task, now),
      dependsOn: task.depends_on ?? [],
      writes: writesOf(task, view),
    };
  });
}

function planned(task: PipelineTask): string {
  switch (task.type) {
    case "sql_execute":
      return task.config.query_ref ? `Runs ${task.config.query_ref}` : "Runs the SQL in the document";
    case "ray_train":
      return `${task.config.training_script}, ${formatCount(task.config.ray_config.num_workers, "worker")}`;
    case "model_evaluate":
      return `Holds out ${task.config.validation_window}, reports ${task.config.metrics.join(", ")}`;
    default:
      return taskType(task.type)?.summary ?? "";
  }
}

function limitsOf(task: PipelineTask): string {
  const attempts = maxAttempts(task);
  return [
    task.timeout ? `at most ${task.timeout}` : "no time limit",
    attempts > 1 ? `up to ${formatCount(attempts, "attempt")}` : "one attempt",
  ].join(" · ");
}

function sentenceOf(task: TaskView, children: readonly TaskView[], isRunQueued: boolean): string {
  if (children.length > 0) return countStates(children);
  const last = task.attempts.at(-1);
  switch (task.status) {
    case "queued":
      if (task.dependsOn.length > 0) return `Waits for ${task.dependsOn.join(" and ")}`;
      return isRunQueued ? "Waits for the run to be let in" : "Waits for the worker";
    case "running":
      return task.waits ?? (last?.progress || "Running");
    case "retrying":
      return `Attempt ${last?.number ?? 1} of ${task.maxAttempts} failed, tries again`;
    case "succeeded":
      return task.reused ? "Inputs unchanged, result reused" : last?.progress || "Done";
    case "failed":
      return last?.error?.message ?? "Failed";
    case "cancelled":
      return "Cancelled";
    case "skipped":
      return ["Skipped", describeSkip(task.because)].filter(Boolean).join(", ");
  }
}

function factsOf(view: TaskView, task: PipelineTask, now: Date): string {
  if (view.startedAt === null) return limitsOf(task);
  const facts = [formatDuration((view.endedAt ?? now).getTime() - view.startedAt.getTime())];
  const attempts = view.attempts.length;
  if (attempts > 1) facts.push(`attempt ${attempts} of ${view.maxAttempts}`);
  const rows = (view.outputs.tables ?? []).reduce((sum, table) => sum + table.rowCount, 0);
  if (rows > 0) facts.push(`${formatNumber(rows)} rows written`);
  return facts.join(" · ");
}

function writesOf(task: PipelineTask, view: TaskView | null): Stage["writes"] {
  const names = tablesOf(task).writes;
  const written = view?.outputs.tables ?? [];
  for (const table of written) if (!names.includes(table.name)) names.push(table.name);
  const writes = names.map((name) => {
    const table = written.find((one) => one.name === name);
    return {
      name,
      detail: table ? `${formatNumber(table.rowCount)} rows` : view === null ? "table" : "not written yet",
    };
  });
  if (task.type === "model_evaluate") {
    writes.push({ name: "evaluation", detail: view?.status === "succeeded" ? "written" : "report" });
  }
  return writes;
}
