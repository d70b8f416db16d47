import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { ConnectorOperation } from "../../../domain/sources/connector-view";
import { destinationTable } from "../../../domain/sources/destination-table";
import { sharesSlots, slotPrefix } from "../../../domain/sources/replication-slots";
import { recordAudit, requireRole } from "../../workspaces/index";
import { startRelease } from "../operations/start-operation";
import { type ActingScope, ownConnection } from "../source-scope";
import type { ConnectionInput } from "./get-connection";

export const RemovedConnection = z.object({
  name: z.string(),
  /** They stay, with their data. */
  keptTables: z.array(z.string()),
  /** Drops the replication slots that it had at its source; null where there are none, or another connection's too. */
  release: ConnectorOperation.nullable(),
  message: z.string(),
});

/**
 * Removes a connection and its schedule. Its tables and the history of its syncs stay; what its source keeps for it, and
 * for no other connection of the workspace, is let go.
 * Failures: `conflict` while one of its syncs goes on.
 */
export async function removeConnection(
  scope: ActingScope,
  { name }: ConnectionInput,
): Promise<z.infer<typeof RemovedConnection>> {
  requireRole(scope, "engineer");
  const { current } = await ownConnection(scope, name);
  const active = await scope.syncs.activeSyncs(scope.workspace.id, name);
  if (active.length > 0) {
    throw new Failure("conflict", `Sync ${active[0]?.number} of ${name} goes on.`, {
      hint: "Cancel it or wait until it has ended.",
      retryable: true,
    });
  }
  await scope.sources.remove(scope.workspace.id, name, scope.clock.now());
  await recordAudit(scope, "connection.removed", name);
  const keptTables = (current?.document.streams ?? []).map((stream) =>
    current === null ? "" : destinationTable(name, current.document, stream),
  );
  const others = (await scope.sources.connections(scope.workspace.id)).map((each) => each.current?.document);
  const isKept =
    slotPrefix(current?.document) !== null && !others.some((other) => sharesSlots(current?.document, other));
  const release = isKept ? await startRelease(scope, name, current?.document) : null;
  const message =
    keptTables.length === 0
      ? `The connection ${name} is removed.`
      : `The connection ${name} is removed. Its tables stay as they are: ${keptTables.slice(0, 20).join(", ")}.`;
  return { name, keptTables, release, message };
}

export const PausedConnection = z.object({ name: z.string(), paused: z.boolean() });

/** Stops or takes up the schedule; fire times in between are not made up for. Syncs can be started by hand meanwhile. */
export async function pauseConnection(
  scope: ActingScope,
  { name }: ConnectionInput,
  paused: boolean,
): Promise<z.infer<typeof PausedConnection>> {
  requireRole(scope, "engineer");
  const { paused: before } = await ownConnection(scope, name);
  if (before === paused) return { name, paused };
  await scope.sources.setPaused(scope.workspace.id, name, paused, scope.clock.now());
  await recordAudit(scope, paused ? "connection.paused" : "connection.resumed", name);
  return { name, paused };
}
