import type { ModelRegistry } from "./model-registry";

export type TrackedRun = {
  id: string;
  experimentId: string;
  status: string;
  params: Record<string, string>;
  metrics: Record<string, number>;
  tags: Record<string, string>;
  /** Page of this run, for a person. */
  url: string;
};

export type ModelVersion = { name: string; version: string; runId: string; tags: Record<string, string> };

/**
 * The record of trainings. Jobs write to it by themselves (they get `trackingUri`); the app reads and annotates.
 *
 * Failures: `engine_unavailable` (retryable), `not_found`, `engine_failed`.
 */
export interface ExperimentTracker extends ModelRegistry {
  readonly trackingUri: string;
  /** Finds or makes the experiment and returns its id. */
  ensureExperiment(name: string): Promise<string>;
  searchRuns(experimentName: string, filter: string, limit: number): Promise<TrackedRun[]>;
  run(id: string): Promise<TrackedRun>;
  logMetrics(runId: string, metrics: Record<string, number>): Promise<void>;
  setTags(runId: string, tags: Record<string, string>): Promise<void>;
  /** Ends as failed a run whose job can no longer say how it ended; one that has ended stays as it is. */
  failRun(runId: string): Promise<void>;
  modelVersions(runId: string): Promise<ModelVersion[]>;
  health(): Promise<{ version: string; detail: string }>;
}
