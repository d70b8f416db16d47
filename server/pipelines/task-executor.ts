import type { PipelineTask } from "../../domain/pipelines/pipeline-document";
import type { ExperimentTracker } from "../../domain/ports/experiment-tracker";
import type { JobRunner } from "../../domain/ports/job-runner";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { Clock } from "../../domain/shared/clock";
import type { AttemptKey, RunStore, StoredRun, TaskOutputs, TaskSources } from "./run-store";

/** What the executors may reach. */
export type TaskSockets = {
  store: RunStore;
  sources: TaskSources;
  queryEngine: QueryEngine;
  tableCatalog: TableCatalog;
  lakeAdmin: LakeAdmin;
  jobRunner: JobRunner | null;
  tracker: ExperimentTracker | null;
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
  /** Folder for the results that jobs leave, readable and writable by the cluster and the worker. */
  resultsDir: string;
  /** Real cores of the machine, however many the cluster pretends to have. */
  cores: number;
  /** How long a task waits for a cluster that does not answer. */
  clusterWaitMs: number;
  pollMs: number;
};

/** One attempt at one task. */
export type TaskWork = {
  key: AttemptKey;
  run: StoredRun;
  /** Equal for all attempts of a task: the effects of a repeated one land on those of the first. */
  idempotencyKey: string;
  /**
   * Runs `act` and records its JSON result; after a crash a recorded step is not run again, an unrecorded one is, so
   * `act` must bear being repeated. `signal` aborts on a cancel and at the deadline. Throws TaskFailed.
   */
  step<T>(name: string, act: (signal: AbortSignal) => Promise<T>): Promise<T>;
  progress(text: string): Promise<void>;
};

/** Does the work of one type of task and returns what it made. All effects happen inside `work.step`. */
export type TaskExecutor<T extends PipelineTask = PipelineTask> = (
  task: T,
  work: TaskWork,
  sockets: TaskSockets,
) => Promise<TaskOutputs>;
