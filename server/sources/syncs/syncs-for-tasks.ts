import type { WorkflowClient } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { keyedId } from "../keyed-id";
import { streamWorkflowId } from "../running/run-stream";
import type { SourceStore } from "../source-store";
import type { SyncStore } from "../sync-store";
import { launchSync } from "./launch-sync";
import { toSyncSummary } from "./to-sync-view";

type Sockets = {
  sources: SourceStore;
  syncs: SyncStore;
  workflows: Pick<WorkflowClient, "start" | "cancel">;
  clock: Clock;
};

/**
 * Syncs that the tasks of pipelines start, follow and cancel, for the app itself. `start` returns the one sync of a key; a
 * sync of the connection that others have started is the one too, and is told as shared.
 * Failures: `not_found` (no such connection), `conflict` (only a draft).
 */
export const syncsForTasks = ({ sources, syncs, workflows, clock }: Sockets) => ({
  start: async (workspaceId: string, connection: string, key: string, startedBy: string) => {
    const id = keyedId(workspaceId, "sync", connection, key);
    if ((await syncs.sync(id)) !== null) return { id, connection, isShared: false };
    const current = (await sources.connection(workspaceId, connection))?.current ?? null;
    if (current === null) throw noConnection(connection);
    try {
      await launchSync(
        { syncs, workflows },
        {
          id,
          workspaceId,
          connection,
          connectionVersion: current.version,
          trigger: "pipeline",
          startedBy,
          scheduledFor: null,
          createdAt: clock.now(),
          document: current.document,
          streams: undefined,
          refresh: false,
        },
      );
      return { id, connection, isShared: false };
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "conflict") throw error;
      const [active] = await syncs.activeSyncs(workspaceId, connection);
      if (active === undefined) throw error;
      return { id: active.id, connection, isShared: true };
    }
  },

  progress: async (syncId: string) => {
    const sync = await syncs.sync(syncId);
    if (sync === null) throw new Failure("not_found", "The sync is no longer there.");
    const { rows, error } = toSyncSummary(sync);
    return {
      isEnded: isFinal(sync.status),
      hasSucceeded: sync.status === "succeeded",
      rows,
      error: error?.message ?? null,
      hint: error?.hint ?? null,
      tables: sync.streams.map(({ table, rowsCommitted }) => ({ name: table, rowCount: rowsCommitted })),
    };
  },

  cancel: async (syncId: string, by: string) => {
    const sync = await syncs.sync(syncId);
    if (sync === null || !(await syncs.cancelSync(syncId, by, clock.now()))) return;
    await Promise.allSettled([
      workflows.cancel(syncId),
      ...sync.streams.map(({ name: stream, round }) =>
        workflows.cancel(streamWorkflowId({ syncId, stream, round })),
      ),
    ]);
  },
});

const noConnection = (name: string): Failure =>
  new Failure("not_found", `There is no connection ${name} that can be synced.`, {
    hint: "Save it under Sources; a draft is not synced.",
  });
