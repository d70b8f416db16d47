import type { Clock } from "../../../domain/shared/clock";
import type { AttemptKey, ExecutionStore, NewLogLine } from "./execution-store";

const FLUSH_MS = 250;

/** What an attempt tells while it works, written a few times a second however much it tells. */
export type AttemptNotes = {
  progress(text: string): void;
  /** The line's place is fixed, so that an attempt that is repeated writes it once. */
  line(seq: number, text: string): void;
  /** What was not written yet: it is for the attempt's end. */
  close(): Promise<{ progress: string | null; lines: NewLogLine[] }>;
};

export function attemptNotes(
  store: Pick<ExecutionStore, "setProgress" | "appendLog">,
  clock: Clock,
  key: AttemptKey,
  report: (error: unknown) => void,
): AttemptNotes {
  let told: string | null = null;
  let lines: NewLogLine[] = [];
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const flush = (progress: string | null) => {
    const batch = lines;
    lines = [];
    if (timer !== null) clearTimeout(timer);
    timer = null;
    writing = writing
      .then(async () => {
        if (batch.length > 0) await store.appendLog(key, batch);
        if (progress !== null) await store.setProgress(key, progress);
      })
      .catch(report);
  };
  const flushSoon = () => {
    timer ??= setTimeout(() => {
      const progress = told;
      told = null;
      flush(progress);
    }, FLUSH_MS);
  };

  return {
    progress(text) {
      told = text;
      flushSoon();
    },
    line(seq, text) {
      lines.push({ seq, at: clock.now(), level: "info", text });
      flushSoon();
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await writing;
      return { progress: told, lines };
    },
  };
}
