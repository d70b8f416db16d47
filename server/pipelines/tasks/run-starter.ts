import type { RunStatus } from "../../../domain/shared/run-status";
import type { RunFacts } from "../running/execution-store";

export type ChildRun = {
  parent: RunFacts;
  pipelineId: string;
  parameters: Record<string, unknown>;
  /** Equal keys start one run. */
  key: string;
};

/** Starts runs of other pipelines for tasks. */
export interface RunStarter {
  /**
   * Failures: `not_found` (no such pipeline, or only a draft), `conflict` (it is archived, or runs this one,
   * directly or through others).
   */
  start(child: ChildRun): Promise<{ runId: string; number: number }>;
  /** Resolves when it has ended. Rejects when `signal` aborts. */
  ended(runId: string, signal: AbortSignal): Promise<RunStatus>;
  /** Ends it and what it does; a run that has ended stays as it is. */
  cancel(runId: string): Promise<void>;
}
