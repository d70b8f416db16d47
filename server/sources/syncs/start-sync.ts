import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { keyedId } from "../keyed-id";
import { type ActingScope, ownConnection } from "../source-scope";
import { launchSync, type StartedSync } from "./launch-sync";

export const StartSyncInput = z.object({
  name: z.string(),
  /** All of the document's where it is absent. */
  streams: z.array(z.string()).min(1).optional(),
  /** Forget what was read before and read everything anew; the old rows are there until the new ones are complete. */
  refresh: z.boolean().optional(),
  /** Equal keys start one sync. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});
export type StartSyncInput = z.infer<typeof StartSyncInput>;

/** Starts a sync of the current version and returns at once. */
export async function startSync(
  scope: ActingScope,
  { name, streams, refresh = false, idempotencyKey }: StartSyncInput,
): Promise<StartedSync> {
  requireRole(scope, "analyst");
  const { current } = await ownConnection(scope, name);
  if (current === null) {
    throw new Failure("conflict", `The connection ${name} is a draft. Save it before it is synced.`);
  }
  const workspaceId = scope.workspace.id;
  const id = idempotencyKey === undefined ? randomUUID() : keyedId(workspaceId, "sync", name, idempotencyKey);
  const earlier = await scope.syncs.sync(id);
  if (earlier !== null) return { id, status: earlier.status };
  const started = await launchSync(scope, {
    id,
    workspaceId,
    connection: name,
    connectionVersion: current.version,
    trigger: "manual",
    startedBy: scope.actor.name,
    scheduledFor: null,
    createdAt: scope.clock.now(),
    document: current.document,
    streams,
    refresh,
  });
  await recordAudit(scope, refresh ? "sync.refreshed" : "sync.started", name, {
    syncId: id,
    version: current.version,
    ...(streams === undefined ? {} : { streams }),
  });
  return started;
}
