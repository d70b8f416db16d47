import { z } from "zod";
import type { WorkflowClient } from "../../../domain/ports/workflow-runner";
import { Failure } from "../../../domain/shared/failure";
import { RunStatus } from "../../../domain/shared/run-status";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import { destinationTable } from "../../../domain/sources/destination-table";
import { streamAttempts } from "../../../domain/sources/stream-retries";
import { RUN_SYNC } from "../running/run-sync";
import type { NewSync, SyncStore } from "../sync-store";

/** `id` and `status` of a sync that was asked for. */
export const StartedSync = z.object({ id: z.string(), status: RunStatus });
export type StartedSync = z.infer<typeof StartedSync>;

type Wanted = Omit<NewSync, "streams"> & {
  document: ConnectionDocument;
  /** Undefined: all of the document. */
  streams: readonly string[] | undefined;
  refresh: boolean;
};

/**
 * Stores the sync, then its workflow. A sync that is stored is never lost: the worker starts what was not started here.
 * Failures: `invalid_input` for a stream that the document does not have, `conflict` for one that is being synced.
 */
export async function launchSync(
  { syncs, workflows }: { syncs: SyncStore; workflows: Pick<WorkflowClient, "start"> },
  { document, streams, refresh, ...sync }: Wanted,
): Promise<StartedSync> {
  const chosen = document.streams.filter((each) => streams === undefined || streams.includes(each.name));
  const unknown = (streams ?? []).filter((name) => !document.streams.some((each) => each.name === name));
  if (unknown.length > 0 || chosen.length === 0) {
    throw new Failure(
      "invalid_input",
      `The connection ${sync.connection} has no stream ${unknown.join(", ")}.`,
      {
        hint: `Its streams: ${document.streams
          .map((each) => each.name)
          .slice(0, 30)
          .join(", ")}.`,
      },
    );
  }
  await syncs.createSync({
    ...sync,
    streams: chosen.map((stream) => ({
      name: stream.name,
      table: destinationTable(sync.connection, document, stream),
      refresh,
      isIncremental: stream.sync_mode === "incremental",
      maxAttempts: streamAttempts(document.retries),
    })),
  });
  try {
    await workflows.start(RUN_SYNC, sync.id, { syncId: sync.id });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== "engine_unavailable") throw error;
  }
  return { id: sync.id, status: "queued" };
}
