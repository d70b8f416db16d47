import type { EvaluationReport } from "../../domain/experiments/evaluation-report";
import type { PipelineDocument } from "../../domain/pipelines/pipeline-document";
import type {
  AttemptView,
  LogLineView,
  RunError,
  RunSummary,
  TaskView,
} from "../../domain/pipelines/run-view";
import type { RunStatus } from "../../domain/shared/run-status";

export type TaskOutputs = TaskView["outputs"];

export type StoredTask = {
  taskId: string;
  status: RunStatus;
  reused: boolean;
  outputs: TaskOutputs;
  startedAt: Date | null;
  endedAt: Date | null;
  /** By number. */
  attempts: AttemptView[];
};

export type StoredRun = RunSummary & { workspaceId: string; document: PipelineDocument; tasks: StoredTask[] };

export type AttemptKey = { runId: string; taskId: string; attempt: number };

export type NewLogLine = Pick<LogLineView, "seq" | "at" | "level" | "text">;

/**
 * What a run has done so far. Every act may be repeated: the second time changes nothing. A final state is never left,
 * so whatever arrives after a cancel is dropped.
 */
export interface RunStore {
  run(runId: string): Promise<StoredRun | null>;
  status(runId: string): Promise<RunStatus | null>;
  /** Whether a run of the same pipeline with a smaller number is not final. */
  waitsForEarlierRun(runId: string): Promise<boolean>;
  startRun(runId: string, at: Date): Promise<void>;
  endRun(
    runId: string,
    status: "succeeded" | "failed" | "cancelled",
    error: RunError | null,
    at: Date,
  ): Promise<void>;
  startTask(runId: string, taskId: string, at: Date): Promise<void>;
  retryTask(runId: string, taskId: string): Promise<void>;
  endTask(runId: string, taskId: string, status: RunStatus, outputs: TaskOutputs, at: Date): Promise<void>;
  /** Returns when the attempt started: the first time counts. */
  startAttempt(key: AttemptKey, at: Date): Promise<Date>;
  setJob(key: AttemptKey, jobId: string): Promise<void>;
  setProgress(key: AttemptKey, progress: string): Promise<void>;
  endAttempt(key: AttemptKey, status: RunStatus, error: RunError | null, at: Date): Promise<void>;
  /** Lines whose `seq` is there already are dropped. */
  appendLog(key: AttemptKey, lines: readonly NewLogLine[]): Promise<void>;
  /** The `seq` after the last line; 0 where there is none. */
  nextLogSeq(key: AttemptKey): Promise<number>;
  /** All texts of the attempt, in order. */
  logTexts(key: AttemptKey): Promise<string[]>;
  putEvaluation(runId: string, taskId: string, workspaceId: string, report: EvaluationReport): Promise<void>;
}

/** What started a run. */
export type RunTrigger = "manual" | "schedule" | "backfill" | "rerun" | "pipeline" | "api";

export type NewRun = {
  id: string;
  workspaceId: string;
  pipelineId: string;
  pipelineVersion: number;
  startedBy: string;
  rerunOf: string | null;
  createdAt: Date;
  /** `manual` where it is absent. */
  trigger?: RunTrigger;
  /** The fire time that the run stands for. */
  scheduledFor?: Date | null;
  /** Values by name, over the document's defaults. */
  parameters?: Record<string, unknown>;
  /** Larger goes first; 0 where it is absent. */
  priority?: number;
  backfillId?: string | null;
  /** The run whose task started this one. */
  parentRunId?: string | null;
  tasks: { taskId: string; type: string; reused: TaskOutputs | null }[];
};

type LogPage = {
  runId: string;
  taskId: string;
  attempt?: number | undefined;
  after?: { attempt: number; seq: number } | undefined;
  limit: number;
};

export type SavedPipeline = {
  pipelineId: string;
  version: number;
  document: PipelineDocument;
  createdAt: Date;
  createdBy: string;
};

/** Pipelines and their runs, as the verbs see them. */
export interface PipelineStore extends RunStore {
  /** Stores a new version unless the newest one of its kind is the same document; returns the version's number. */
  savePipeline(
    workspaceId: string,
    document: PipelineDocument,
    draft: boolean,
    createdBy: string,
  ): Promise<number>;
  /** The current version, or `version`. */
  pipeline(workspaceId: string, pipelineId: string, version?: number): Promise<SavedPipeline | null>;
  /** Current versions, by name. */
  pipelines(workspaceId: string): Promise<SavedPipeline[]>;
  /** Makes the run with its tasks and the pipeline's next number; an id that exists is left as it is. */
  createRun(run: NewRun): Promise<void>;
  /** Newest first; `before` is the id of the last run of the page before. */
  runs(
    workspaceId: string,
    filter: { pipelineId?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<RunSummary[]>;
  /** Makes the run final and its tasks with it: started ones cancelled, others skipped. False where it was final. */
  cancelRun(runId: string, cancelledBy: string, at: Date): Promise<boolean>;
  /** In order of attempt and seq. */
  logLines(page: LogPage): Promise<LogLineView[]>;
  /** Ids of runs that are not final. */
  unfinishedRuns(): Promise<string[]>;
}

/** What tasks refer to by name. */
export interface TaskSources {
  savedQuery(workspaceId: string, name: string): Promise<{ sql: string; dialect: string } | null>;
  /** The newest zip of this name. */
  codePackage(workspaceId: string, name: string): Promise<{ contentHash: string; bytes: Uint8Array } | null>;
}
