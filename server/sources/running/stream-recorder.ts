import type { ConnectorEvent } from "../../../domain/ports/connector-runner";
import type { Clock } from "../../../domain/shared/clock";
import { maskDeep } from "../../../domain/sources/mask-secrets";
import type { NewSyncLine, StreamKey, StreamProgress, SyncLedger } from "../sync-store";

const LONGEST_LINE = 8_000;
const MOST_LINES = 50_000;
const NUL = String.fromCharCode(0);

export type StreamRecorder = {
  take(event: ConnectorEvent): void;
  log(level: NewSyncLine["level"], text: string): void;
  /** Stores what is left. Rejects where something could not be stored. */
  close(): Promise<void>;
};

/**
 * Writes what a connector tells into the ledger, in order, without `hidden` texts: commits and schema changes at once,
 * log lines and the newest progress every `flushMs`.
 */
export async function streamRecorder(
  ledger: SyncLedger,
  clock: Clock,
  key: StreamKey,
  { attempt, hidden, flushMs }: { attempt: number; hidden: readonly string[]; flushMs: number },
): Promise<StreamRecorder> {
  let seq = await ledger.nextLogSeq(key);
  let lines: NewSyncLine[] = [];
  let progress: StreamProgress | null = null;
  let writing: Promise<void> = Promise.resolve();
  let failure: unknown = null;

  const write = (act: () => Promise<void>) => {
    writing = writing.then(act).catch((error: unknown) => {
      failure ??= error;
    });
  };
  const flush = () => {
    const batch = lines;
    const told = progress;
    lines = [];
    progress = null;
    if (batch.length > 0) write(() => ledger.appendLog(key, batch));
    if (told !== null) write(() => ledger.setProgress(key, told));
  };
  const addLine = (level: NewSyncLine["level"], raw: string) => {
    if (seq > MOST_LINES) return;
    const text =
      seq === MOST_LINES
        ? `The log goes on; only its first ${MOST_LINES} lines are kept.`
        : raw.replaceAll(NUL, "").slice(0, LONGEST_LINE);
    lines.push({ seq, attempt, at: clock.now(), level: seq === MOST_LINES ? "warn" : level, text });
    seq += 1;
  };
  const timer = setInterval(flush, flushMs);

  return {
    log: addLine,
    take(told) {
      const event = maskDeep(told, hidden);
      switch (event.type) {
        case "log":
          for (const text of event.text.split("\n")) addLine(event.level, text);
          return;
        case "progress": {
          const { phase, rows, bytes, estimatedRows, cursor } = event;
          progress = { phase, rows, bytes, estimatedRows, cursor };
          return;
        }
        case "schema_change":
          return write(() => ledger.addSchemaChange(key, event.change));
        case "committed": {
          const { snapshotId, rows, bytes, cursor } = event;
          return write(() =>
            ledger.addCommit(key, attempt, { snapshotId, rows, bytes, cursor }, clock.now()),
          );
        }
      }
    },
    async close() {
      clearInterval(timer);
      flush();
      await writing;
      if (failure !== null) throw failure;
    },
  };
}
