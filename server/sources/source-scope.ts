import type { WorkflowClient } from "../../domain/ports/workflow-runner";
import { Failure } from "../../domain/shared/failure";
import type { Rows, WorkspaceScope } from "../workspaces/index";
import type { SourceStore, StoredConnection, StoredOperation } from "./source-store";
import type { StoredSync, SyncStore } from "./sync-store";

/** What most verbs of this room need. */
export type SourceScope = WorkspaceScope<{
  sources: SourceStore;
  syncs: SyncStore;
  /** Names of the secrets that are set in the workspace. */
  secretNames(workspaceId: string): Promise<string[]>;
}>;

/** What the verbs that change, start or stop something need. */
export type ActingScope = SourceScope &
  WorkspaceScope<{
    workflows: Pick<WorkflowClient, "start" | "cancel">;
    /** For the audit log. */
    db: Rows;
  }>;

/** A connection of this workspace. Failures: `not_found`. */
export async function ownConnection(scope: SourceScope, name: string): Promise<StoredConnection> {
  const found = await scope.sources.connection(scope.workspace.id, name);
  if (found !== null) return found;
  throw new Failure("not_found", `There is no connection ${name} in this workspace.`);
}

/** A sync of this workspace. Failures: `not_found`, for the syncs of others too. */
export async function ownSync(scope: SourceScope, syncId: string): Promise<StoredSync> {
  const found = await scope.syncs.sync(syncId);
  if (found !== null && found.workspaceId === scope.workspace.id) return found;
  throw new Failure("not_found", `There is no sync ${syncId} in this workspace.`);
}

/** An operation of this workspace. Failures: `not_found`, for the operations of others too. */
export async function ownOperation(scope: SourceScope, operationId: string): Promise<StoredOperation> {
  const found = await scope.sources.operation(operationId);
  if (found !== null && found.workspaceId === scope.workspace.id) return found;
  throw new Failure("not_found", `There is no operation ${operationId} in this workspace.`);
}
