import type { WorkflowClient } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { RUN_OPERATION } from "../operations/run-operation";
import type { OperationStore } from "../source-store";
import type { SyncStore } from "../sync-store";
import { RUN_SYNC } from "./run-sync";
import { FAULT } from "./sync-error";

export type SweepSockets = {
  sources: Pick<OperationStore, "unfinishedOperations" | "endOperation">;
  syncs: Pick<SyncStore, "unfinishedSyncs" | "sync" | "endStream" | "endSync">;
  workflows: Pick<WorkflowClient, "start" | "state">;
  clock: Clock;
};

/**
 * Starts the workflow of every unfinished sync and operation that has none, which a crash between the two writes can
 * leave behind, and ends those whose workflow died without a word.
 */
export async function sweepSyncs({ sources, syncs, workflows, clock }: SweepSockets): Promise<void> {
  for (const syncId of await syncs.unfinishedSyncs()) {
    const state = await stateOf(workflows, syncId);
    if (state === null) await workflows.start(RUN_SYNC, syncId, { syncId });
    else if (isDead(state)) {
      const sync = await syncs.sync(syncId);
      for (const { name: stream, round } of sync?.streams ?? [])
        await syncs.endStream({ syncId, stream, round }, "failed", FAULT, clock.now());
      await syncs.endSync(syncId, clock.now());
    }
  }
  for (const operationId of await sources.unfinishedOperations()) {
    const state = await stateOf(workflows, operationId);
    if (state === null) await workflows.start(RUN_OPERATION, operationId, { operationId });
    else if (isDead(state)) await sources.endOperation(operationId, "failed", { error: FAULT }, clock.now());
  }
}

type State = Awaited<ReturnType<WorkflowClient["state"]>>["status"];

const isDead = (state: State): boolean => state === "failed" || state === "cancelled";

async function stateOf(workflows: Pick<WorkflowClient, "state">, id: string): Promise<State | null> {
  try {
    return (await workflows.state(id)).status;
  } catch (error) {
    if (error instanceof Failure && error.code === "not_found") return null;
    throw error;
  }
}
