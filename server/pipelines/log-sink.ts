import { logLevel } from "../../domain/pipelines/log-level";
import type { Clock } from "../../domain/shared/clock";
import { maskSecrets } from "../../domain/sources/mask-secrets";
import type { AttemptKey, ExecutionStore, NewLogLine } from "./running/execution-store";

const FLUSH_MS = 200;
const LONGEST_LINE = 8_000;
const MOST_LINES = 100_000;
const PROGRESS = /^(?:\([^)]*\)\s*)?PROGRESS (.+)$/;
const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]|${String.fromCharCode(0)}`, "g");

export type LogSink = {
  /** Takes text as it arrives; lines may be cut anywhere. */
  write(text: string): void;
  /** Stores what is left; `whole` says that the log ended here, so that a last line without its end is one. */
  close(whole: boolean): Promise<void>;
};

type Sink = {
  key: AttemptKey;
  /** Texts that are not stored. */
  hidden: readonly string[];
  progress(text: string): void;
};

/**
 * Stores the log of a job from its beginning: a line's `seq` is its place in the job's output, and lines stored by an
 * earlier tail are passed over. `PROGRESS …` lines become the attempt's progress instead.
 */
export async function logSink(
  store: Pick<ExecutionStore, "nextLogSeq" | "appendLog">,
  clock: Clock,
  { key, hidden, progress }: Sink,
): Promise<LogSink> {
  const stored = await store.nextLogSeq(key);
  let seq = 0;
  let rest = "";
  let lines: NewLogLine[] = [];
  let writing: Promise<void> = Promise.resolve();
  let failure: unknown = null;

  const take = (raw: string) => {
    const text = maskSecrets(raw.replace(ESCAPES, "").replace(/\r$/, ""), hidden).slice(0, LONGEST_LINE);
    const place = seq;
    seq += 1;
    const told = PROGRESS.exec(text)?.[1];
    if (told !== undefined) progress(told);
    else if (place >= stored && place < MOST_LINES)
      lines.push({ seq: place, at: clock.now(), level: logLevel(text), text });
    else if (place === MOST_LINES) {
      lines.push({
        seq: place,
        at: clock.now(),
        level: "warn",
        text: `The log goes on; only its first ${MOST_LINES} lines are kept.`,
      });
    }
  };
  const flush = () => {
    const batch = lines;
    lines = [];
    writing = writing
      .then(async () => {
        if (batch.length > 0) await store.appendLog(key, batch);
      })
      .catch((error: unknown) => {
        failure ??= error;
      });
  };
  const timer = setInterval(flush, FLUSH_MS);

  return {
    write(text) {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const part of parts) take(part);
    },
    async close(whole) {
      clearInterval(timer);
      if (whole && rest !== "") take(rest);
      rest = "";
      flush();
      await writing;
      if (failure !== null) throw failure;
    },
  };
}
