import type { Notes } from "./notes";
import { spanText } from "./span-text";

const MOST_ATTEMPTS = 20;
const LARGEST_FACTOR = 10;

export type ImportedRetry = { max_attempts: number; backoff_coefficient?: number; initial_interval?: string };

/** A policy within the bounds that there are here; what lies beyond them is said. */
export function retryPolicy(
  { retries, waitSeconds, factor }: { retries: number; waitSeconds?: number; factor: number },
  where: string,
  notes: Notes,
): ImportedRetry {
  const attempts = Math.max(1, Math.floor(retries) + 1);
  if (attempts > MOST_ATTEMPTS)
    notes.add(where, `${retries} retries`, `There are ${MOST_ATTEMPTS} attempts at most here.`);
  if (attempts === 1) return { max_attempts: 1 };
  const kept = Math.min(LARGEST_FACTOR, Math.max(1, factor));
  if (kept !== factor) notes.add(where, `a factor of ${factor}`, "Waits grow by a factor of 1 to 10 here.");
  return {
    max_attempts: Math.min(MOST_ATTEMPTS, attempts),
    backoff_coefficient: kept,
    ...(waitSeconds === undefined || waitSeconds <= 0 ? {} : { initial_interval: spanText(waitSeconds) }),
  };
}
