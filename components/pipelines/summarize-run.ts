import { formatCount } from "@/components/ui/format";
import type { RunView } from "@/domain/pipelines/run-view";

/** The state of a run in one line: `running, 2 of 3 tasks done, 1 attempt failed and was tried again`. */
export function summarizeRun(run: RunView): string {
  const done = run.tasks.filter((task) => task.status === "succeeded").length;
  const retried = run.tasks.reduce((sum, task) => sum + Math.max(0, task.attempts.length - 1), 0);
  const parts = [run.status, `${done} of ${formatCount(run.tasks.length, "task")} done`];
  if (retried > 0) {
    parts.push(`${formatCount(retried, "attempt")} failed and ${retried === 1 ? "was" : "were"} tried again`);
  }
  return parts.join(", ");
}

/** The task to look at first: what failed, else what runs, else the last that ended, else the first. */
export function taskInFocus(run: RunView): string | null {
  const by = (...statuses: string[]) => run.tasks.find((task) => statuses.includes(task.status));
  const ended = run.tasks.filter((task) => task.endedAt !== null);
  return (by("failed") ?? by("running", "retrying") ?? ended.at(-1) ?? run.tasks[0])?.taskId ?? null;
}
