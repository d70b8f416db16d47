import type { WorkflowClient } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { dueFire } from "../../../domain/sources/due-fire";
import { keyedId } from "../keyed-id";
import type { SourceStore, StoredConnection } from "../source-store";
import type { SyncStore } from "../sync-store";
import { launchSync } from "../syncs/launch-sync";

export type TickSockets = {
  sources: Pick<SourceStore, "scheduled" | "setDealtUntil">;
  syncs: SyncStore;
  workflows: Pick<WorkflowClient, "start">;
  clock: Clock;
  /** Told of what kept one connection from its sync; the others go on. */
  report(error: unknown): void;
};

/** Starts the sync of every connection whose fire time has come. A crash anywhere starts none twice: its id is that of the fire time. */
export async function tickSchedules(sockets: TickSockets): Promise<void> {
  for (const connection of await sockets.sources.scheduled()) {
    await tick(sockets, connection).catch(sockets.report);
  }
}

async function tick(sockets: TickSockets, connection: StoredConnection): Promise<void> {
  const { sources, syncs, clock } = sockets;
  const { workspaceId, name, current, dealtUntil } = connection;
  const schedule = current?.document.schedule;
  if (current === null || schedule?.type !== "cron") return;
  const now = clock.now();
  // Asking who is busy costs a statement, so it is left out where nothing is due.
  if (dueFire(schedule, dealtUntil, now, false).dealtUntil.getTime() <= dealtUntil.getTime()) return;
  const isBusy = (await syncs.activeSyncs(workspaceId, name)).length > 0;
  const due = dueFire(schedule, dealtUntil, now, isBusy);
  if (due.start !== null) {
    const started = await launchSync(sockets, {
      id: keyedId(workspaceId, "schedule", name, due.start.toISOString()),
      workspaceId,
      connection: name,
      connectionVersion: current.version,
      trigger: "schedule",
      startedBy: "schedule",
      scheduledFor: due.start,
      createdAt: now,
      document: current.document,
      streams: undefined,
      refresh: false,
    }).catch((error: unknown) => {
      // Somebody started one in this moment: as if it had been seen.
      if (error instanceof Failure && error.code === "conflict") return null;
      throw error;
    });
    if (started === null) return;
  }
  if (due.dealtUntil.getTime() > dealtUntil.getTime())
    await sources.setDealtUntil(workspaceId, name, due.dealtUntil);
}
