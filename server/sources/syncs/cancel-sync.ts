import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { recordAudit, requireRole } from "../../workspaces/index";
import { streamWorkflowId } from "../running/run-stream";
import { type ActingScope, ownSync } from "../source-scope";
import type { SyncIdInput } from "./get-sync";
import type { StartedSync } from "./launch-sync";

/**
 * Ends a sync and its streams at once and stops their connectors. What was committed stays. Cancelling a cancelled sync
 * changes nothing. Failures: `conflict` where it ended otherwise.
 */
export async function cancelSync(scope: ActingScope, { syncId }: SyncIdInput): Promise<StartedSync> {
  requireRole(scope, "analyst");
  const sync = await ownSync(scope, syncId);
  if (!(await scope.syncs.cancelSync(syncId, scope.actor.name, scope.clock.now()))) {
    const { status } = await ownSync(scope, syncId);
    if (status === "cancelled") return { id: syncId, status };
    throw new Failure("conflict", "This sync has already ended.");
  }
  await recordAudit(scope, "sync.cancelled", sync.connection, { syncId });
  // The worker sees the state and stops the connectors; this also keeps what has not begun from beginning.
  await Promise.allSettled([
    scope.workflows.cancel(syncId),
    ...sync.streams
      .filter((each) => !isFinal(each.status))
      .map(({ name: stream, round }) => scope.workflows.cancel(streamWorkflowId({ syncId, stream, round }))),
  ]);
  return { id: syncId, status: "cancelled" };
}

export const SyncStreamIdInput = z.object({ syncId: z.string(), stream: z.string() });

/** Ends one stream at once; the others go on. Failures: `conflict` where it has ended. */
export async function cancelStream(
  scope: ActingScope,
  { syncId, stream }: z.infer<typeof SyncStreamIdInput>,
): Promise<StartedSync> {
  requireRole(scope, "analyst");
  const sync = await ownSync(scope, syncId);
  const found = sync.streams.find((each) => each.name === stream);
  if (found === undefined) throw new Failure("not_found", `There is no stream ${stream} in this sync.`);
  if (found.status === "cancelled") return { id: syncId, status: sync.status };
  if (!(await scope.syncs.cancelStream(syncId, stream, scope.clock.now()))) {
    throw new Failure("conflict", `The stream ${stream} has already ended.`);
  }
  await recordAudit(scope, "sync.stream_cancelled", sync.connection, { syncId, stream });
  await scope.workflows
    .cancel(streamWorkflowId({ syncId, stream, round: found.round }))
    .catch(() => undefined);
  return { id: syncId, status: (await ownSync(scope, syncId)).status };
}
