const FIRST_MS = 15_000;
const LONGEST_MS = 60 * 60_000;
const GIVEN_UP_AFTER_MS = 24 * 60 * 60_000;

/** Milliseconds from the failure of the `attempts`-th try to the next one; null once a day was spent in waiting. */
export function nextTryMs(attempts: number): number | null {
  let waited = 0;
  let next = FIRST_MS;
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    waited += next;
    next = Math.min(LONGEST_MS, next * 2);
  }
  return waited >= GIVEN_UP_AFTER_MS ? null : next;
}
