export type StreamProgress = {
  /** Read since `attemptStartedAt`. */
  rows: number;
  /** Rows that the attempt expects to read; null where the source does not say. */
  estimatedRows: number | null;
  attemptStartedAt: Date | null;
  /** When it ended, or the present. */
  until: Date;
  isRunning: boolean;
  isComplete: boolean;
};

export type StreamFigures = {
  rowsPerSecond: number | null;
  progressShare: number | null;
  etaSeconds: number | null;
};

/** Below this a rate says nothing. */
const SHORTEST_SECONDS = 1;

/**
 * Rate over the attempt, share done (0–1) and seconds left. An estimate that was passed is no estimate: a running stream
 * is never shown as done, nor with a time left below zero.
 */
export function streamFigures(progress: StreamProgress): StreamFigures {
  const { rows, estimatedRows, attemptStartedAt, until, isRunning, isComplete } = progress;
  const seconds =
    attemptStartedAt === null ? 0 : Math.max(0, until.getTime() - attemptStartedAt.getTime()) / 1_000;
  const rate = seconds < SHORTEST_SECONDS ? null : rows / seconds;
  if (isComplete) return { rowsPerSecond: rate, progressShare: 1, etaSeconds: isRunning ? null : 0 };
  const known = estimatedRows !== null && estimatedRows > 0 && rows < estimatedRows;
  const left = known ? estimatedRows - rows : null;
  return {
    rowsPerSecond: rate,
    progressShare: known ? rows / estimatedRows : null,
    etaSeconds: isRunning && left !== null && rate !== null && rate > 0 ? left / rate : null,
  };
}

/** Seconds since `dataAsOf`, when the last sync that succeeded began; null where there was none. Never below zero. */
export const lagSeconds = (dataAsOf: Date | null, now: Date): number | null =>
  dataAsOf === null ? null : Math.max(0, (now.getTime() - dataAsOf.getTime()) / 1_000);
