import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";
import type { RunStatus } from "@/domain/shared/run-status";

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

/** Why a task has not started, by the tasks that it depends on. Null where it does not wait. */
export function explainWait(run: RunView, taskId: string): WaitExplanation | null {
  const task = run.tasks.find((one) => one.taskId === taskId);
  if (task === undefined || (task.status !== "queued" && task.status !== "skipped")) return null;
  const before = task.dependsOn
    .map((id) => run.tasks.find((one) => one.taskId === id))
    .filter((one): one is TaskView => one !== undefined);
  const reasons = before.map((one) => ({
    taskId: one.taskId,
    status: one.status,
    sentence: `${one.taskId} ${WORDS[one.status]}`,
  }));
  if (task.status === "skipped") {
    const stopped = before.find((one) => one.status !== "succeeded");
    return {
      headline: stopped
        ? `${taskId} was skipped, because ${stopped.taskId} ${WORDS[stopped.status]}`
        : `${taskId} was skipped`,
      reasons,
    };
  }
  const open = before.filter((one) => one.status !== "succeeded");
  if (open.length > 0) {
    return { headline: `${taskId} waits for ${open.map((one) => one.taskId).join(" and ")}`, reasons };
  }
  return {
    headline: isFinal(run.status)
      ? `${taskId} did not start, because the run ended first`
      : `${taskId} waits for the worker to take it up`,
    reasons,
  };
}
