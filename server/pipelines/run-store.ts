import type { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import type { AttemptView, LogLineView, RunSummary, RunTrigger } from "../../domain/pipelines/run-view";
import type { RunStatus } from "../../domain/shared/run-status";
import type { ArchiveStore } from "./archive/archive-store";
import type { ExecutionStore, TaskInput, TaskOutputs } from "./running/execution-store";
import type { WatchStore } from "./watch/watch-store";

export type StoredTask = {
  taskId: string;
  type: string;
  status: RunStatus;
  reused: boolean;
  /** The map that this is a child of. */
  childOf: string | null;
  /** Why it was skipped. */
  because: string | null;
  /** Why it waits, in words, while it does. */
  waits: string | null;
  /** What it read. */
  inputs: TaskInput[];
  outputs: TaskOutputs;
  startedAt: Date | null;
  endedAt: Date | null;
  /** By number. */
  attempts: AttemptView[];
};

export type StoredRun = RunSummary & {
  workspaceId: string;
  document: PipelineDocument;
  priority: number;
  /** The document's in its order, then the children of maps. */
  tasks: StoredTask[];
};

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
  /** `inputs`: what the result that is taken over followed from. */
  tasks: { taskId: string; type: string; reused: TaskOutputs | null; inputs?: TaskInput[] }[];
};

type LogPage = {
  runId: string;
  taskId: string;
  attempt?: number | undefined;
  after?: { attempt: number; seq: number } | undefined;
  /** The last lines in place of the first. */
  newest?: boolean | undefined;
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
export interface PipelineStore extends ExecutionStore, WatchStore, ArchiveStore {
  run(runId: string): Promise<StoredRun | null>;
  /** Stores a new version unless the newest one of its kind is the same document; returns the version's number. */
  savePipeline(
    workspaceId: string,
    document: PipelineDocument,
    draft: boolean,
    createdBy: string,
    /** As it was written; where it is absent the document's JSON stands for it. */
    text?: string,
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
  /** What the tasks of a run read, by task; empty where that is not known. */
  inputsOf(runId: string): Promise<Map<string, TaskInput[]>>;
}

/** What tasks refer to by name. */
export interface TaskSources {
  savedQuery(workspaceId: string, name: string): Promise<{ sql: string; dialect: string } | null>;
  /** The newest zip of this name. */
  codePackage(workspaceId: string, name: string): Promise<{ contentHash: string; bytes: Uint8Array } | null>;
}
