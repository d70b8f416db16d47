import type { LogLine } from "./log-line";

export type LogLevel = LogLine["level"];
export const LOG_LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** How many lines the panel keeps; older ones are dropped and counted. */
export const LOG_CAP = 5000;

export type LogFilter = { find: string; atLeast: LogLevel; attempt: number | null };
export type PreparedLog<Line extends LogLine> = {
  /** Lines that pass the filter, in order of attempt and number. */
  lines: Line[];
  /** Of the last failed attempt: its first line of level error. */
  firstError: Line | null;
  matches: number;
  hidden: number;
  counts: Record<LogLevel, number>;
};

const keyOf = (line: LogLine) => `${line.attempt}/${line.seq}`;

/** Lines kept once and in order, however often and in whatever order batches arrive; only the last `cap` stay. */
export function mergeLines<Line extends LogLine>(
  held: readonly Line[],
  arrived: readonly Line[],
  cap = LOG_CAP,
): Line[] {
  const byKey = new Map(held.map((line) => [keyOf(line), line]));
  for (const line of arrived) byKey.set(keyOf(line), line);
  return [...byKey.values()].sort((a, b) => a.attempt - b.attempt || a.seq - b.seq).slice(-cap);
}

export function prepareLog<Line extends LogLine>(
  lines: readonly Line[],
  filter: LogFilter,
): PreparedLog<Line> {
  const counts: Record<LogLevel, number> = { debug: 0, info: 0, warn: 0, error: 0 };
  const needle = filter.find.trim().toLowerCase();
  const least = LOG_LEVELS.indexOf(filter.atLeast);
  const ofAttempt = lines.filter((line) => filter.attempt === null || line.attempt === filter.attempt);
  for (const line of ofAttempt) counts[line.level] += 1;
  const shown = ofAttempt.filter(
    (line) =>
      LOG_LEVELS.indexOf(line.level) >= least && (needle === "" || line.text.toLowerCase().includes(needle)),
  );
  const errors = ofAttempt.filter((line) => line.level === "error");
  const lastWithError = errors.at(-1)?.attempt;
  return {
    lines: shown,
    firstError: errors.find((line) => line.attempt === lastWithError) ?? null,
    matches: needle === "" ? 0 : shown.length,
    hidden: ofAttempt.length - shown.length,
    counts,
  };
}

/** The log as text, one line a line: time in UTC, level, text. */
export const logText = (lines: readonly LogLine[]): string =>
  lines.map((line) => `${line.at.toISOString()} ${line.level.padEnd(5)} ${line.text}`).join("\n");
