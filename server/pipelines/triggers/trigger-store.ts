import type { BackfillStatus, BackfillView, RunDay } from "../../../domain/pipelines/backfill/backfill-view";
import type { WrittenSchedule } from "../../../domain/pipelines/schedule/read-schedule";
import type { RunStatus } from "../../../domain/shared/run-status";
import type { NewRun } from "../run-store";

/** A pipeline, not archived, whose active version has a schedule that is not paused. */
export type ScheduledPipeline = {
  workspaceId: string;
  pipelineId: string;
  version: number;
  schedule: WrittenSchedule;
  maxActiveRuns: number;
  /** Null where its schedule was not looked at yet. */
  dealtUntil: Date | null;
};

/** What a version says about its runs. */
export type Runnable = {
  version: number;
  schedule: WrittenSchedule | null;
  priority: number;
  maxActiveRuns: number;
  tasks: NewRun["tasks"];
};

export type StoredBackfill = Omit<BackfillView, "runs"> & { workspaceId: string };

/** Schedules and back-fills. Every act may be repeated. */
export interface TriggerStore {
  scheduled(): Promise<ScheduledPipeline[]>;
  /** How many runs that its schedule started are not final. */
  openScheduledRuns(workspaceId: string, pipelineId: string): Promise<number>;
  /** Null where the pipeline does not exist; `version` is null where it has no active one. */
  scheduleState(
    workspaceId: string,
    pipelineId: string,
  ): Promise<{
    isPaused: boolean;
    isArchived: boolean;
    dealtUntil: Date | null;
    version: number | null;
  } | null>;
  /** Fire times before `until` are dealt with; it never goes back but where `isRestart` says so. */
  setDealtUntil(workspaceId: string, pipelineId: string, until: Date, isRestart?: boolean): Promise<void>;
  /** Going on, it makes up for nothing before `at`. False where that was so already. */
  setPaused(workspaceId: string, pipelineId: string, isPaused: boolean, at: Date): Promise<boolean>;
  runnable(workspaceId: string, pipelineId: string, version: number): Promise<Runnable | null>;

  /** An id that exists is left as it is. */
  createBackfill(backfill: StoredBackfill): Promise<void>;
  backfill(id: string): Promise<StoredBackfill | null>;
  /** Newest first. */
  backfills(workspaceId: string, pipelineId: string, limit: number): Promise<StoredBackfill[]>;
  openBackfills(): Promise<StoredBackfill[]>;
  /** `made` only grows. */
  setMade(id: string, made: number): Promise<void>;
  /** False where it is in none of `from`. */
  moveBackfill(
    id: string,
    from: readonly BackfillStatus[],
    to: BackfillStatus,
    endedAt: Date | null,
  ): Promise<boolean>;
  /** How many runs of each back-fill are in each state. */
  backfillRuns(ids: readonly string[]): Promise<Map<string, BackfillView["runs"]>>;
  /** Runs of a back-fill that are not final. */
  openRunsOf(backfillId: string): Promise<string[]>;
  /** States of the runs for each fire time (in milliseconds) of the range. */
  fireStatuses(
    workspaceId: string,
    pipelineId: string,
    from: Date,
    until: Date,
  ): Promise<Map<number, RunStatus[]>>;
  /** Days without a run are left out. */
  runDays(
    workspaceId: string,
    pipelineId: string,
    range: { from: Date; until: Date; timeZone: string },
  ): Promise<RunDay[]>;
}
