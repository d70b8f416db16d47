import { z } from "zod";
import { RunStatus } from "../shared/run-status";

export const RunError = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  /** First lines of the underlying error, for example of a Python traceback. */
  detail: z.string().nullable(),
});
export type RunError = z.infer<typeof RunError>;

export const AttemptView = z.object({
  number: z.int(),
  status: RunStatus,
  /** What it started elsewhere: a job on the cluster, or the run of a `sub_pipeline`. */
  jobId: z.string().nullable(),
  /** One sentence of what it is doing: `trained 12 of 21 models`. */
  progress: z.string(),
  error: RunError.nullable(),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
});

export type AttemptView = z.infer<typeof AttemptView>;

/** Something that a task read: its name, and which state of it. Null where it was not there. */
const ReadInput = z.object({
  kind: z.enum(["table", "query", "code", "config"]),
  name: z.string(),
  version: z.string().nullable(),
});

export const TaskView = z.object({
  /** Of a map's child: `score[3]`. */
  taskId: z.string(),
  type: z.string(),
  /** The map that this is a child of. */
  childOf: z.string().nullable(),
  dependsOn: z.array(z.string()),
  status: RunStatus,
  reused: z.boolean(),
  /** Why it was skipped: `upstream_failed`, `not_chosen`, and so on. */
  because: z.string().nullable(),
  /** Why it waits, in words, while it does. */
  waits: z.string().nullable(),
  /** What it read. */
  inputs: z.array(ReadInput),
  maxAttempts: z.int(),
  /** `{ tables?: [{name, rowCount}], metrics?: {...}, mlflow?: { runId, url }, facts?: [{label, value}] }` */
  outputs: z.object({
    tables: z.array(z.object({ name: z.string(), rowCount: z.number() })).optional(),
    metrics: z.record(z.string(), z.number()).optional(),
    mlflow: z.object({ runId: z.string(), url: z.string() }).optional(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
    /** What the task gives to those behind it, by name: `tasks.<id>.outputs.<name>`. */
    values: z.record(z.string(), z.json()).optional(),
    /** Of a branch: the tasks directly behind it that went on. */
    chosen: z.array(z.string()).optional(),
    /** Of a map: how many items it has. */
    items: z.int().optional(),
    /** Of a map's child: its item. */
    item: z.json().optional(),
  }),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  attempts: z.array(AttemptView),
});
export type TaskView = z.infer<typeof TaskView>;

/** What started a run. */
export const RunTrigger = z.enum(["manual", "schedule", "backfill", "rerun", "pipeline", "api"]);
export type RunTrigger = z.infer<typeof RunTrigger>;

export const RunSummary = z.object({
  id: z.string(),
  number: z.int(),
  pipelineId: z.string(),
  pipelineVersion: z.int(),
  status: RunStatus,
  startedBy: z.string(),
  rerunOf: z.string().nullable(),
  trigger: RunTrigger,
  /** The fire time that the run stands for. */
  scheduledFor: z.date().nullable(),
  /** Values by name, over the document's defaults. */
  parameters: z.record(z.string(), z.unknown()),
  error: RunError.nullable(),
  /** What went wrong in a run that succeeded all the same. */
  warning: z.string().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** A run without its tasks. */
export const RunHead = RunSummary.extend({
  /** While it is queued: runs of its pipeline that are under way, and those that are let in before it (counted to 1,000). */
  queue: z.object({ running: z.int(), ahead: z.int() }).nullable(),
  /** The run of its pipeline before it. */
  previous: z.object({ id: z.string(), number: z.int() }).nullable(),
  /** The run whose task started this one. */
  parent: z
    .object({
      id: z.string(),
      number: z.int(),
      pipelineId: z.string(),
      /** Null where that was not written down yet. */
      taskId: z.string().nullable(),
    })
    .nullable(),
});
export type RunHead = z.infer<typeof RunHead>;

/** The document's tasks in its order, then the children of maps, by map and index. */
export const RunView = RunHead.extend({ tasks: z.array(TaskView) });
export type RunView = z.infer<typeof RunView>;

export const LogLineView = z.object({
  taskId: z.string(),
  attempt: z.int(),
  seq: z.int(),
  at: z.date(),
  level: z.enum(["debug", "info", "warn", "error"]),
  text: z.string(),
});
export type LogLineView = z.infer<typeof LogLineView>;
