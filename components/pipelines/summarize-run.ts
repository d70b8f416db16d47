import { formatCount } from "@/components/ui/format";
import type { RunView } from "@/domain/pipelines/run-view";
import { firstFailed } from "@/domain/pipelines/watch/first-failed";

/** The state of a run in one line: `running, 2 of 3 tasks done, 1 attempt failed and was tried again`. */
export function summarizeRun(run: RunView): string {
  const written = run.tasks.filter(({ childOf }) => childOf === null);
  const done = written.filter((task) => task.status === "succeeded").length;
  const retried = run.tasks.reduce((sum, task) => sum + Math.max(0, task.attempts.length - 1), 0);
  const parts: string[] = [run.warning === null ? run.status : `${run.status} with a warning`];
  parts.push(`${done} of ${formatCount(written.length, "task")} done`);
  if (retried > 0) {
    parts.push(`${formatCount(retried, "attempt")} failed and ${retried === 1 ? "was" : "were"} tried again`);
  }
  return parts.join(", ");
}

/** The task to look at first: what failed first, an item of a map too; else what runs, the last that ended, the first. */
export function taskInFocus(run: RunView): string | null {
  const failed = firstFailed(run.tasks);
  if (failed !== null) return failed.taskId;
  const written = run.tasks.filter(({ childOf }) => childOf === null);
  const by = (...statuses: string[]) => written.find((task) => statuses.includes(task.status));
  const ended = written.filter((task) => task.endedAt !== null && task.status !== "skipped");
  return (by("failed") ?? by("running", "retrying") ?? ended.at(-1) ?? written[0])?.taskId ?? null;
}
