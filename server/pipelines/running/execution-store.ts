import type { EvaluationReport } from "../../../domain/experiments/evaluation-report";
import type { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import type { EndedTask } from "../../../domain/pipelines/interpreter/run-acts";
import type { AttemptOutcome } from "../../../domain/pipelines/interpreter/run-event";
import type { LogLineView, RunError, TaskView } from "../../../domain/pipelines/run-view";
import type { RunStatus } from "../../../domain/shared/run-status";

export type TaskOutputs = TaskView["outputs"];

export type AttemptKey = { runId: string; taskId: string; attempt: number };

export type NewLogLine = Pick<LogLineView, "seq" | "at" | "level" | "text">;

/** Something that a task read: its name, and which state of it. Null where it was not there. */
export type TaskInput = { kind: "table" | "query" | "code" | "config"; name: string; version: string | null };

/** What a run is; all but its start stays as it was made. */
export type RunFacts = {
  id: string;
  workspaceId: string;
  pipelineId: string;
  pipelineVersion: number;
  number: number;
  document: PipelineDocument;
  /** Over the document's defaults. */
  parameters: Record<string, unknown>;
  scheduledFor: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  startedBy: string;
  priority: number;
  parentRunId: string | null;
};

export type BegunRun = { facts: RunFacts; startedAt: Date; reused: ReusedTask[] };
export type ReusedTask = { taskId: string; outputs: TaskOutputs; status: "succeeded" | "skipped" };

export type StartedAttempt = {
  startedAt: Date;
  /** When it got its slot; null while it waits for one. */
  grantedAt: Date | null;
  /** False where an earlier process began it: it may have left recorded steps. */
  isNew: boolean;
  /** What became of it, where it has ended. */
  ended: { outcome: AttemptOutcome; at: Date } | null;
  /** Of a map's child. */
  item: unknown;
};

export type AttemptEnd =
  | { status: "succeeded"; outputs: TaskOutputs; inputs: TaskInput[]; endsTask: boolean }
  | { status: "failed"; error: RunError; kind: "ordinary" | "lost" | "final" }
  | { status: "cancelled" };

/**
 * What a run does, as it is kept. Every act may be repeated: the second time changes nothing. A final state is never left,
 * so whatever arrives after a cancel is dropped.
 */
export interface ExecutionStore {
  status(runId: string): Promise<RunStatus | null>;
  facts(runId: string): Promise<RunFacts | null>;
  /** Makes a run that waits run. Null where it is final or not there. */
  beginRun(runId: string, at: Date): Promise<BegunRun | null>;
  /** `error`: null for the one of the task that failed first, where the run failed. Whether it ended here or before as said. */
  endRun(
    runId: string,
    end: { status: "succeeded" | "failed" | "cancelled"; error: RunError | null; warning: string | null },
    at: Date,
  ): Promise<void>;
  /** The task and its attempt. Without `waitsForSlot` it has its slot at once. Null where the task has ended without it. */
  startAttempt(key: AttemptKey, at: Date, waitsForSlot: boolean): Promise<StartedAttempt | null>;
  /** Returns what is kept of the attempt afterwards: what ended it first counts. `lines` are kept with it, as by `appendLog`. */
  endAttempt(
    key: AttemptKey,
    end: AttemptEnd,
    progress: string | null,
    at: Date,
    lines?: readonly NewLogLine[],
  ): Promise<AttemptOutcome>;
  pauseTask(runId: string, taskId: string): Promise<void>;
  /** Tasks that have ended stay as they are. */
  endTasks(runId: string, tasks: readonly EndedTask[], at: Date): Promise<void>;
  /** One task an item, `id[0]`, `id[1]`, …; those that are there stay. */
  addChildren(runId: string, taskId: string, type: string, items: readonly unknown[]): Promise<void>;
  /** Of these tasks, and of the children of maps among them under the map's own id. */
  outputs(runId: string, taskIds: readonly string[]): Promise<Map<string, TaskOutputs>>;
  childOutputs(runId: string, taskId: string): Promise<TaskOutputs[]>;
  setOutputs(runId: string, taskId: string, outputs: TaskOutputs): Promise<void>;
  steps(key: AttemptKey): Promise<Map<string, unknown>>;
  /** Of all attempts at a task and at the children of a map, oldest first. */
  taskSteps(runId: string, taskId: string): Promise<{ name: string; value: unknown }[]>;
  /** The first value under a name stays. */
  recordStep(key: AttemptKey, name: string, value: unknown): Promise<void>;
  setJob(key: AttemptKey, jobId: string): Promise<void>;
  setProgress(key: AttemptKey, progress: string): Promise<void>;
  /** Lines whose `seq` is there already are dropped. */
  appendLog(key: AttemptKey, lines: readonly NewLogLine[]): Promise<void>;
  /** The `seq` after the last line; 0 where there is none. */
  nextLogSeq(key: AttemptKey): Promise<number>;
  /** Texts of the attempt in order, from the first one on that may tell of an error; at most 5,000. */
  errorTexts(key: AttemptKey): Promise<string[]>;
  putEvaluation(runId: string, taskId: string, workspaceId: string, report: EvaluationReport): Promise<void>;
  /** Those of `runIds` that have ended, and how. */
  endedRuns(runIds: readonly string[]): Promise<Map<string, RunStatus>>;
}
