import type { JobRunner } from "../../domain/ports/job-runner";
import type { RunDriverClient } from "../../domain/ports/run-driver";
import { Failure } from "../../domain/shared/failure";
import type { Rows, WorkspaceScope } from "../workspaces/index";
import type { PipelineStore, StoredRun } from "./run-store";
import type { StoredHead } from "./watch/watch-store";

/** What most verbs of this room need. */
export type PipelineScope = WorkspaceScope<{ store: PipelineStore }>;
/** What the verbs that start or stop something need. */
export type ActingScope = WorkspaceScope<{
  store: PipelineStore;
  runDriver: Pick<RunDriverClient, "cancel">;
  jobRunner: JobRunner | null;
  /** For the audit log. */
  db: Rows;
}>;

/** The head of a run of this workspace, without its tasks. Failures: `not_found`, for the runs of others too. */
export async function requireOwn(scope: PipelineScope, runId: string): Promise<StoredHead> {
  const head = await scope.store.head(runId);
  if (head !== null && head.workspaceId === scope.workspace.id) return head;
  throw noSuchRun(runId);
}

const noSuchRun = (runId: string) => new Failure("not_found", `There is no run ${runId} in this workspace.`);

/** A run of this workspace. Failures: `not_found`, for the runs of others too. */
export async function ownRun(scope: PipelineScope, runId: string): Promise<StoredRun> {
  const run = await scope.store.run(runId);
  if (run !== null && run.workspaceId === scope.workspace.id) return run;
  throw noSuchRun(runId);
}
