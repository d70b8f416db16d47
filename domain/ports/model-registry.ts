import type { ModelVersion } from "./experiment-tracker";

export type RegisteredVersion = ModelVersion & { createdAt: Date };

/**
 * The registered models and their aliases: an alias names one version of a model, and moves when it is set again.
 *
 * Failures: `engine_unavailable` (retryable), `not_found` (no such model or version), `engine_failed`.
 */
export interface ModelRegistry {
  /** Every version of every model, or of the one that is named; none where it is not registered. Newest first. */
  registeredVersions(name?: string): Promise<RegisteredVersion[]>;
  /** The version that `alias` names, by model; models without that alias are not in it. */
  aliased(alias: string): Promise<Record<string, string>>;
  setAlias(name: string, alias: string, version: string): Promise<void>;
  /** Takes the alias away; where there is none, nothing happens. */
  removeAlias(name: string, alias: string): Promise<void>;
}
