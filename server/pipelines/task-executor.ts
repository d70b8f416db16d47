import type { PipelineTask } from "../../domain/pipelines/document/pipeline-document";
import type { ExperimentTracker } from "../../domain/ports/experiment-tracker";
import type { HttpClient } from "../../domain/ports/http-client";
import type { JobFiles } from "../../domain/ports/job-files";
import type { JobRunner } from "../../domain/ports/job-runner";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { SqlLanguage } from "../../domain/ports/sql-language";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { Clock } from "../../domain/shared/clock";
import type { TaskSources } from "./run-store";
import type { AttemptKey, ExecutionStore, RunFacts, TaskInput, TaskOutputs } from "./running/execution-store";
import type { RunStarter } from "./tasks/run-starter";
import type { SyncStarter } from "./tasks/sync-starter";

/** What the executors may reach. */
export type TaskSockets = {
  store: ExecutionStore;
  sources: TaskSources;
  queryEngine: QueryEngine;
  /** Null where Python is not installed: statements then run as they are written. */
  sqlLanguage: SqlLanguage | null;
  tableCatalog: TableCatalog;
  lakeAdmin: LakeAdmin;
  jobRunner: JobRunner | null;
  jobFiles: JobFiles;
  tracker: ExperimentTracker | null;
  syncs: SyncStarter;
  runs: RunStarter;
  http: HttpClient;
  /** Values of the workspace's secrets. Failures: `invalid_input` where one is not set. */
  secrets: { open(workspaceId: string, names: readonly string[]): Promise<Map<string, string>> };
  clock: Clock;
  jobs: JobSettings;
  /** Told of bugs, for the worker's log. */
  report(error: unknown): void;
};

export type JobSettings = {
  /** Folder with `workbench_jobs/`, the code that every job carries. */
  frameworkDir: string;
  /** Real cores of the machine, however many the cluster pretends to have. */
  cores: number;
  /** How long a task waits for a cluster that does not answer. */
  clusterWaitMs: number;
  pollMs: number;
};

/** One attempt at one task. */
export type TaskWork = {
  key: AttemptKey;
  run: RunFacts;
  /** Aborts on a cancel of the run and at the deadline: whatever the task started somewhere is to end then. */
  signal: AbortSignal;
  /** Equal for all attempts of a task: the effects of a repeated one land on those of the first. */
  idempotencyKey: string;
  /**
   * Runs `act` and records its JSON result; after a crash a recorded step is not run again. What is not recorded, in a step
   * or outside of one, is done again and must bear that.
   */
  step<T>(name: string, act: () => Promise<T>): Promise<T>;
  /** What it is doing, in a few words; the last ones count. */
  progress(text: string): void;
  /** A line of the task's log, at a fixed place, so that it stands there once. */
  note(seq: number, text: string): void;
  /** Says what the result follows from, beside the config. */
  reads(input: TaskInput): void;
  outputsOf(taskId: string): Promise<TaskOutputs>;
  /** What a bare expression of the config comes to. Failures: `invalid_input`. */
  evaluate(expression: string): unknown;
};

/** Does the work of one type of task and returns what it made. The expressions in its config are filled in. */
export type TaskExecutor<T extends PipelineTask = PipelineTask> = (
  task: T,
  work: TaskWork,
  sockets: TaskSockets,
) => Promise<TaskOutputs>;
