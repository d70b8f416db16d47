import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../../domain/shared/failure";

/**
 * Runs `act` under a signal that aborts once `hasEnded` says so; what it throws then is a `cancelled` failure. A look
 * that fails is taken again.
 */
export async function watchForEnd<T>(
  hasEnded: () => Promise<boolean>,
  pollMs: number,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const watch = new AbortController();
  const over = new AbortController();
  const watching = look(hasEnded, pollMs, watch, over.signal);
  try {
    return await act(watch.signal);
  } catch (error) {
    throw watch.signal.aborted ? (watch.signal.reason as unknown) : error;
  } finally {
    over.abort();
    await watching;
  }
}

async function look(
  hasEnded: () => Promise<boolean>,
  pollMs: number,
  watch: AbortController,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    if (await hasEnded().catch(() => false))
      return watch.abort(new Failure("cancelled", "It was cancelled."));
    await sleep(pollMs, undefined, { signal: over }).catch(() => undefined);
  }
}
