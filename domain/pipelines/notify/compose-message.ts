import { maskSecrets } from "../../sources/mask-secrets";
import type { RunError } from "../run-view";
import type { NotificationEvent } from "./deliveries-for";
import type { NotificationMessage } from "./notification-message";

const MOST_LOG_LINES = 20;
const LONGEST_LINE = 400;

/** What of a run goes into messages. */
export type RunReport = {
  run: {
    id: string;
    number: number;
    status: string;
    trigger: string;
    startedBy: string;
    scheduledFor: Date | null;
    startedAt: Date | null;
    endedAt: Date | null;
    error: RunError | null;
    warning: string | null;
  };
  workspace: { slug: string; name: string };
  pipeline: { id: string; name: string };
  tasks: {
    taskId: string;
    status: string;
    endedAt: Date | null;
    /** Of its last attempt. */
    error: RunError | null;
    metrics: Record<string, number>;
  }[];
};

const HOW = { failure: "failed", success: "succeeded", warning: "succeeded with a warning" } as const;

/** The task that failed first: the others may have failed in its wake. Null where none did. */
export function firstFailedTask<T extends { status: string; endedAt: Date | null }>(
  tasks: readonly T[],
): T | null {
  const failed = tasks.filter((task) => task.status === "failed");
  const endOf = (task: T) => task.endedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return failed.reduce<T | null>(
    (first, task) => (first === null || endOf(task) < endOf(first) ? task : first),
    null,
  );
}

/**
 * The message about a run that has ended. `log` is that of the first failed task, in order. None of the texts of `hidden`
 * (see `secretTexts`) is in it, but its link is left as it is.
 */
export function composeMessage(
  { run, workspace, pipeline, tasks }: RunReport,
  asked: { event: NotificationEvent; includeLogs: boolean; includeMetrics: boolean },
  { log, publicUrl, hidden }: { log: readonly string[]; publicUrl: string; hidden: readonly string[] },
): NotificationMessage {
  const failed = firstFailedTask(tasks);
  const error = failed?.error ?? run.error;
  const { startedAt, endedAt } = run;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  const message = {
    event: asked.event,
    title: `${pipeline.name} ${HOW[asked.event]}`,
    workspace: workspace.name,
    pipeline,
    run: {
      id: run.id,
      number: run.number,
      status: run.status,
      trigger: run.trigger,
      startedBy: run.startedBy,
      scheduledFor: iso(run.scheduledFor),
      startedAt: iso(startedAt),
      endedAt: iso(endedAt),
      durationMs: startedAt === null || endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    },
    error: error === null ? null : { task: failed?.taskId ?? null, message: error.message, hint: error.hint },
    warning: run.warning,
    log:
      !asked.includeLogs || failed === null
        ? null
        : { task: failed.taskId, lines: log.slice(-MOST_LOG_LINES) },
    metrics: asked.includeMetrics ? metricsOf(tasks) : null,
  };
  const masked = maskTexts(message, hidden);
  if (masked.log !== null) masked.log.lines = masked.log.lines.map((line) => line.slice(0, LONGEST_LINE));
  const path = [workspace.slug, "pipelines", pipeline.id, "runs", run.id].map(encodeURIComponent).join("/");
  return { ...masked, event: asked.event, url: `${publicUrl}/${path}` };
}

const metricsOf = (tasks: RunReport["tasks"]) =>
  tasks.flatMap(({ taskId: task, metrics }) =>
    Object.entries(metrics).map(([name, value]) => ({ task, name, value })),
  );

/** Texts alone: the names of fields are ours. */
function maskTexts<T>(value: T, hidden: readonly string[]): T {
  const deep = (each: unknown): unknown => {
    if (typeof each === "string") return maskSecrets(each, hidden);
    if (Array.isArray(each)) return each.map(deep);
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, held]) => [key, deep(held)]));
  };
  return deep(value) as T;
}
