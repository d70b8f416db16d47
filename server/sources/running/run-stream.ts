import { z } from "zod";
import type { ConnectorRunner } from "../../../domain/ports/connector-runner";
import type { WorkflowBody, WorkflowContext } from "../../../domain/ports/workflow-runner";
import type { Clock } from "../../../domain/shared/clock";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { streamRetryMs } from "../../../domain/sources/stream-retries";
import type { SyncError } from "../../../domain/sources/sync-view";
import type { StoredSync, StreamKey, SyncLedger } from "../sync-store";
import { type OpenedConfig, type OpenSecrets, openConfig } from "./open-config";
import { streamRecorder } from "./stream-recorder";
import { toSyncError } from "./sync-error";
import type { SyncSlots } from "./sync-slots";
import { watchForEnd } from "./watch-for-end";

export const SYNC_STREAM = "sync-stream";
export const SyncStreamInput = z.object({
  syncId: z.string(),
  stream: z.string(),
  round: z.int(),
  /** Of the connector. */
  version: z.string(),
});
export type SyncStreamInput = z.infer<typeof SyncStreamInput>;

export const streamWorkflowId = ({ syncId, stream, round }: StreamKey): string =>
  `${syncId}:${round}:${stream}`;

export type StreamSockets = {
  ledger: SyncLedger;
  /** Null where connectors cannot run. */
  connectors: ConnectorRunner | null;
  secrets: OpenSecrets;
  slots: SyncSlots;
  clock: Clock;
  pollMs: number;
  /** Told of bugs, for the worker's log. */
  report(error: unknown): void;
};

type Settled = { ok: true } | { ok: false; error: SyncError };
/** What the workflow keeps of the sync; recorded as JSON, so without times. */
type Begun = { firstAttempt: number; maxAttempts: number };

/**
 * The workflow of one stream: attempts, waits between them, and its end. An attempt that a crash cut off is taken up
 * again under its number: what it committed stays, and the lake knows where to go on.
 */
export const syncStreamBody =
  (sockets: StreamSockets): WorkflowBody =>
  async (context, input) => {
    const { version, ...key } = SyncStreamInput.parse(input);
    const { ledger, clock } = sockets;
    const begun = await context.step("begin", () => begin(ledger, key));
    if (begun === null) return null;
    const sync = await ledger.sync(key.syncId);
    if (sync === null) return null;

    for (let attempt = begun.firstAttempt; ; attempt += 1) {
      const settled = await context.step(`attempt ${attempt}`, () =>
        runAttempt(sockets, sync, key, attempt, version),
      );
      if (settled.ok || !settled.error.retryable || attempt >= begun.maxAttempts) {
        await end(context, sockets, key, settled);
        return null;
      }
      const { error } = settled;
      const waitMs = streamRetryMs(sync.document.retries, attempt - begun.firstAttempt + 1);
      await context.step(`retry ${attempt}`, async () => {
        await ledger.retryStream(key, error, new Date(clock.now().getTime() + waitMs));
        return null;
      });
      await context.sleep(`wait ${attempt}`, waitMs);
    }
  };

async function begin(ledger: SyncLedger, key: StreamKey): Promise<Begun | null> {
  const sync = await ledger.sync(key.syncId);
  const stream = sync?.streams.find((each) => each.name === key.stream);
  if (stream === undefined || stream.round !== key.round || isFinal(stream.status)) return null;
  return { firstAttempt: stream.attempt + 1, maxAttempts: stream.maxAttempts };
}

const end = (context: WorkflowContext, { ledger, clock }: StreamSockets, key: StreamKey, settled: Settled) =>
  context.step("end", async () => {
    const error = settled.ok ? null : settled.error;
    const failed = error?.code === "cancelled" ? "cancelled" : "failed";
    await ledger.endStream(key, error === null ? "succeeded" : failed, error, clock.now());
    return null;
  });

/** Never throws, but for a database that stays away. */
async function runAttempt(
  sockets: StreamSockets,
  sync: StoredSync,
  key: StreamKey,
  attempt: number,
  version: string,
): Promise<Settled> {
  const { ledger, slots, pollMs, report } = sockets;
  const table = sync.streams.find((each) => each.name === key.stream)?.table ?? "";
  const hasEnded = async () => {
    const status = await ledger.streamStatus(key);
    return status === null || isFinal(status);
  };
  let opened: OpenedConfig | null = null;
  try {
    await watchForEnd(hasEnded, pollMs, async (signal) => {
      const leave = await slots.take(`${sync.workspaceId} ${table}`, signal);
      try {
        opened = await openConfig(sockets.secrets, sync.workspaceId, sync.document.config);
        await syncOnce(sockets, sync, key, { attempt, version, opened, signal });
      } finally {
        leave();
      }
    });
    return { ok: true };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) report(thrown);
    return { ok: false, error: toSyncError(thrown, (opened as OpenedConfig | null)?.hidden ?? []) };
  }
}

type Attempt = { attempt: number; version: string; opened: OpenedConfig; signal: AbortSignal };

async function syncOnce(
  { ledger, connectors, clock, pollMs }: StreamSockets,
  sync: StoredSync,
  key: StreamKey,
  { attempt, version, opened, signal }: Attempt,
): Promise<void> {
  if (connectors === null) throw noConnectors();
  const { document } = sync;
  const stored = sync.streams.find((each) => each.name === key.stream);
  const stream = document.streams.find((each) => each.name === key.stream);
  if (stored === undefined || stream === undefined)
    throw new Error(`The document has no stream ${key.stream}.`);
  if (!(await ledger.startAttempt(key, attempt, clock.now())))
    throw new Failure("cancelled", "It was cancelled.");

  const { hidden } = opened;
  const recorder = await streamRecorder(ledger, clock, key, { attempt, hidden, flushMs: pollMs * 2 });
  if (stored.attempt >= attempt)
    recorder.log("info", "The worker was started anew; the stream goes on behind its last commit.");
  try {
    const { destination: _destination, ...source } = stream;
    const result = await connectors.syncStream({
      connector: document.connector,
      version,
      config: opened.config,
      secrets: opened.secrets,
      signal,
      onEvent: recorder.take,
      workspaceId: sync.workspaceId,
      // What an earlier round made complete is to be gone on from, not found complete again.
      syncId: key.round === 1 ? sync.id : `${sync.id}.${key.round}`,
      attempt,
      stream: source,
      table: stored.table,
      transformation: document.transformation ?? {},
      onSchemaChange: document.on_schema_change ?? "evolve",
      refresh: stored.refresh,
    });
    const { rows, bytes, cursor } = result;
    recorder.take({
      type: "progress",
      phase: "done",
      rows,
      bytes,
      cursor,
      estimatedRows: rows,
      checkpoints: 0,
    });
  } catch (thrown) {
    const error = toSyncError(signal.aborted ? signal.reason : thrown, hidden);
    recorder.log(error.code === "cancelled" ? "warn" : "error", error.message);
    throw thrown;
  } finally {
    await recorder.close();
  }
}

const noConnectors = (): Failure =>
  new Failure(
    "engine_unavailable",
    "This Benchwright cannot run connectors: it has no Python environment for them.",
    {
      hint: "Install Python 3.11 or newer and start Benchwright again.",
    },
  );
