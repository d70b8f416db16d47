import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { streamAttempts } from "../../../domain/sources/stream-retries";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type ActingScope, ownSync } from "../source-scope";
import type { StoredStream, StoredSync } from "../sync-store";
import type { StartedSync } from "./launch-sync";
import { startSync } from "./start-sync";

/** A stream of a sync, or of a connection by its name. */
export const RepeatStreamInput = z.object({
  syncId: z.string().optional(),
  name: z.string().optional(),
  stream: z.string(),
});
export type RepeatStreamInput = z.infer<typeof RepeatStreamInput>;

/**
 * Syncs one stream again, going on where it stands: within its sync while that goes on, else in a sync of its own, whose
 * id is returned. A stream that waits for its next attempt begins it at once, with all of its attempts before it.
 * Failures: `conflict` where the stream neither waits so nor has ended.
 */
export const retryStream = (scope: ActingScope, input: RepeatStreamInput) =>
  repeatStream(scope, input, false);

/** Syncs a stream that has ended again, reading everything anew; the old rows are there until the new ones are complete. */
export const refreshStream = (scope: ActingScope, input: RepeatStreamInput) =>
  repeatStream(scope, input, true);

async function repeatStream(
  scope: ActingScope,
  { syncId, name, stream }: RepeatStreamInput,
  refresh: boolean,
): Promise<StartedSync> {
  requireRole(scope, "analyst");
  const sync = await syncOf(scope, syncId, name, stream);
  if (sync !== null) {
    const found = repeatable(sync, stream, refresh);
    const attempts = streamAttempts(sync.document.retries);
    // A wait within a refresh is a wait for the rest of it.
    const anew = refresh || (found.status === "retrying" && found.refresh);
    if (await scope.syncs.requeueStream(sync.id, stream, anew, attempts)) {
      const action = refresh ? "sync.stream_refreshed" : "sync.stream_retried";
      await recordAudit(scope, action, sync.connection, { syncId: sync.id, stream });
      return { id: sync.id, status: "running" };
    }
  }
  const connection = sync?.connection ?? name;
  if (connection === undefined) throw new Failure("invalid_input", "Say which sync or which connection.");
  return startSync(scope, { name: connection, streams: [stream], refresh });
}

/** Failures: `not_found`; `conflict` where the stream is under way. */
function repeatable(sync: StoredSync, name: string, refresh: boolean): StoredStream {
  const found = sync.streams.find((each) => each.name === name);
  if (found === undefined) throw new Failure("not_found", `There is no stream ${name} in this sync.`);
  if (isFinal(found.status) || (found.status === "retrying" && !refresh)) return found;
  throw new Failure("conflict", `The stream ${name} is ${found.status}.`, {
    hint: "Wait until it has ended, or cancel it.",
  });
}

/** The sync of this id, or the one of the connection that goes on and has the stream. */
async function syncOf(
  scope: ActingScope,
  syncId: string | undefined,
  name: string | undefined,
  stream: string,
): Promise<StoredSync | null> {
  if (syncId !== undefined) return ownSync(scope, syncId);
  if (name === undefined) return null;
  for (const { id } of await scope.syncs.activeSyncs(scope.workspace.id, name)) {
    const sync = await scope.syncs.sync(id);
    if (sync?.streams.some((each) => each.name === stream)) return sync;
  }
  return null;
}
