import type { NotificationEvent } from "./deliveries-for";

/** What somebody is told. It holds no secret: it was masked when it was composed. Times are ISO 8601 in UTC. */
export type NotificationMessage = {
  event: NotificationEvent | "test";
  /** `Daily Demand Forecast Pipeline failed`. */
  title: string;
  workspace: string;
  pipeline: { id: string; name: string } | null;
  run: {
    id: string;
    number: number;
    status: string;
    trigger: string;
    startedBy: string;
    scheduledFor: string | null;
    startedAt: string | null;
    endedAt: string | null;
    durationMs: number | null;
  } | null;
  /** The error that came first, and the task that it came from. */
  error: { task: string | null; message: string; hint: string | null } | null;
  warning: string | null;
  /** The end of the log of the task that failed first; null where it was not asked for or nothing failed. */
  log: { task: string; lines: string[] } | null;
  /** Null where they were not asked for. */
  metrics: { task: string; name: string; value: number }[] | null;
  /** Where to read on. */
  url: string;
};
