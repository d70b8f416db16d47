import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { WorkflowBody, WorkflowClient, WorkflowContext } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import type { SyncError } from "../../../domain/sources/sync-view";
import type { StoredStream, StoredSync, SyncLedger } from "../sync-store";
import type { PinnedVersions } from "./pin-version";
import { SYNC_STREAM, streamWorkflowId } from "./run-stream";
import { FAULT, toSyncError } from "./sync-error";

export const RUN_SYNC = "run-sync";
const RunSyncInput = z.object({ syncId: z.string() });
const PARALLEL = 3;
/** Looks between two questions whether a stream's workflow died without a word. */
const STATE_EVERY = 20;

export type RunSyncSockets = {
  ledger: SyncLedger;
  workflows: Pick<WorkflowClient, "start" | "state">;
  versions: PinnedVersions;
  clock: Clock;
  pollMs: number;
};

type Prepared = { version: string } | { error: SyncError };

/**
 * The workflow of a sync. Each stream is a workflow of its own, so that each is run, retried and cancelled alone; this
 * one starts as many as the document allows, and more whenever one has ended or is asked for again.
 */
export const runSyncBody =
  (sockets: RunSyncSockets): WorkflowBody =>
  async (context, input) => {
    const { syncId } = RunSyncInput.parse(input);
    const { ledger, clock } = sockets;
    const prepared = await context.step("begin", () => begin(sockets, syncId));
    if (prepared === null) return null;
    if ("error" in prepared) await context.step("give up", () => endAll(sockets, syncId, prepared.error));
    for (let round = 1; ; round += 1) {
      if ("version" in prepared) await advanceToEnd(context, sockets, syncId, prepared.version, round);
      // A stream may have been asked for again since it was seen to be the last.
      if (await context.step(`end ${round}`, () => ledger.endSync(syncId, clock.now()))) return null;
    }
  };

async function advanceToEnd(
  context: WorkflowContext,
  sockets: RunSyncSockets,
  syncId: string,
  version: string,
  round: number,
): Promise<void> {
  let going = true;
  for (let turn = 1; going; turn += 1)
    going = await context.step(`advance ${round}.${turn}`, () => advance(sockets, syncId, version));
}

async function unfinished(ledger: SyncLedger, syncId: string): Promise<StoredSync | null> {
  const sync = await ledger.sync(syncId);
  return sync === null || isFinal(sync.status) ? null : sync;
}

/** The connector's version, which is the same for all streams of the sync. */
async function begin({ ledger, versions, clock }: RunSyncSockets, syncId: string): Promise<Prepared | null> {
  const sync = await unfinished(ledger, syncId);
  if (sync === null) return null;
  await ledger.startSync(syncId, clock.now());
  try {
    return { version: await versions.ofConnection(sync.workspaceId, sync.connection, sync.document) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { error: toSyncError(error, []) };
  }
}

async function endAll({ ledger, clock }: RunSyncSockets, syncId: string, error: SyncError): Promise<null> {
  const sync = await unfinished(ledger, syncId);
  for (const { name: stream, round } of sync?.streams ?? [])
    await ledger.endStream({ syncId, stream, round }, "failed", error, clock.now());
  return null;
}

const isOpen = (stream: StoredStream) => !isFinal(stream.status);
/** What makes room, or wants it. */
const places = (sync: StoredSync): string =>
  sync.streams
    .map((each) => `${each.round}${isOpen(each) ? "open" : "ended"}${each.status === "retrying"}`)
    .join();

/** Starts what has room and returns when a stream has ended or was asked for again; false where nothing is left. */
async function advance(sockets: RunSyncSockets, syncId: string, version: string): Promise<boolean> {
  const { ledger, workflows, pollMs } = sockets;
  const sync = await unfinished(ledger, syncId);
  if (sync === null || !sync.streams.some(isOpen)) return false;
  const { parallel = PARALLEL } = sync.document;
  const open = sync.streams.filter(isOpen);
  const running = open.filter((each) => each.status === "running");
  // A stream that waits for its next attempt leaves its place to others.
  const watched = [
    ...open.filter((each) => each.status !== "queued"),
    ...open.filter((each) => each.status === "queued").slice(0, Math.max(0, parallel - running.length)),
  ];
  for (const { name: stream, round } of watched) {
    const key = { syncId, stream, round };
    await workflows.start(SYNC_STREAM, streamWorkflowId(key), { ...key, version });
  }

  const seen = places(sync);
  for (let look = 1; ; look += 1) {
    const now = await unfinished(ledger, syncId);
    if (now === null) return false;
    if (places(now) !== seen) return true;
    if (look % STATE_EVERY === 0) await endDeadStreams(sockets, now, watched);
    await sleep(pollMs);
  }
}

/** A stream whose workflow ended without saying so would be waited for without end. */
async function endDeadStreams(
  { ledger, workflows, clock }: RunSyncSockets,
  sync: StoredSync,
  watched: readonly StoredStream[],
): Promise<void> {
  for (const { name: stream, round } of watched) {
    const key = { syncId: sync.id, stream, round };
    const state = await workflows.state(streamWorkflowId(key)).catch((error: unknown) => {
      if (error instanceof Failure) return null;
      throw error;
    });
    if (state === null || state.status === "queued" || state.status === "running") continue;
    // It may have ended well since `sync` was read; a final state is never left.
    await ledger.endStream(key, "failed", FAULT, clock.now());
  }
}
