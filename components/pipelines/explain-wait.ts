import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";
import type { RunStatus } from "@/domain/shared/run-status";
import { describeSkip } from "./watch/describe-skip";

export type WaitReason = { taskId: string; status: RunStatus; sentence: string };
export type WaitExplanation = { headline: string; reasons: WaitReason[] };

const WORDS: Record<RunStatus, string> = {
  queued: "has not started",
  running: "is running",
  retrying: "failed and will be tried again",
  succeeded: "is done",
  failed: "failed",
  cancelled: "was cancelled",
  skipped: "was skipped",
};

const MOST_REASONS = 8;

const reasonOf = ({ taskId, status }: TaskView): WaitReason => ({
  taskId,
  status,
  sentence: `${taskId} ${WORDS[status]}`,
});

/** Why a task has not started, by the tasks that it depends on, or has no place yet. Null where it does not wait. */
export function explainWait(run: RunView, taskId: string): WaitExplanation | null {
  const task = run.tasks.find((one) => one.taskId === taskId);
  if (task === undefined) return null;
  if (task.waits !== null && !isFinal(task.status)) {
    const reason = { taskId, status: "queued" as const, sentence: task.waits };
    return { headline: `${taskId} waits for a free place`, reasons: [reason] };
  }
  if (task.status !== "queued" && task.status !== "skipped") return null;
  const ids = new Set(task.dependsOn);
  const before = run.tasks.filter((one) => ids.has(one.taskId));
  const reasons = before.map(reasonOf);
  if (task.status === "skipped") {
    const why = describeSkip(task.because);
    return { headline: `${taskId} was skipped${why === null ? "" : `: ${why}`}`, reasons };
  }
  const open = before.filter((one) => one.status !== "succeeded");
  if (open.length > 0) {
    return { headline: `${taskId} waits for ${open.map((one) => one.taskId).join(" and ")}`, reasons };
  }
  if (isFinal(run.status))
    return { headline: `${taskId} did not start, because the run ended first`, reasons };
  if (run.status === "queued") return { headline: `${taskId} waits for the run to be let in`, reasons };
  const others = run.tasks.filter((one) => one.status === "running" && one.childOf === task.childOf);
  return others.length === 0
    ? { headline: `${taskId} waits for the worker to take it up`, reasons }
    : {
        headline: `${taskId} waits for a place among the tasks of this run that are under way`,
        reasons: others.slice(0, MOST_REASONS).map(reasonOf),
      };
}
