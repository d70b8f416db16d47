import type { ConnectionDocument } from "./connection-document";

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_WAIT_MS = 3_600_000;
const DEFAULTS = { max_attempts: 4, initial_interval: "5s", backoff_coefficient: 2 };

type Retries = ConnectionDocument["retries"];

/** How often a stream is tried, the first try counted; only failures that may pass are tried again. */
export const streamAttempts = (retries: Retries): number => retries?.max_attempts ?? DEFAULTS.max_attempts;

/** Milliseconds between the failure of attempt `failed` (from 1) and the next: initial × coefficient^(failed − 1), at most an hour. */
export function streamRetryMs(retries: Retries, failed: number): number {
  const initial = retries?.initial_interval ?? DEFAULTS.initial_interval;
  const [, count = "5", unit = "s"] = /^(\d+)(ms|s|m|h|d)$/.exec(initial) ?? [];
  const coefficient = retries?.backoff_coefficient ?? DEFAULTS.backoff_coefficient;
  const ms = Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  return Math.min(LONGEST_WAIT_MS, Math.round(ms * coefficient ** (failed - 1)));
}
