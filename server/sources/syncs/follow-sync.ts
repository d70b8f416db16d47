import { setTimeout as sleep } from "node:timers/promises";
import { isFinal } from "../../../domain/shared/is-final";
import type { SyncView } from "../../../domain/sources/sync-view";
import type { SourceScope } from "../source-scope";
import { getSync, type SyncIdInput } from "./get-sync";

const LOOK_MS = 400;
/** Ages grow without anything happening; they are told this often. */
const TELL_MS = 5_000;

/** The sync now and after every change, until it is final or `signal` aborts. */
export async function* followSync(
  scope: SourceScope,
  input: SyncIdInput,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): AsyncGenerator<SyncView> {
  let seen = "";
  let toldAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const view = await getSync(scope, input);
    const now = JSON.stringify(withoutAges(view));
    if (now !== seen || performance.now() - toldAt > TELL_MS) {
      toldAt = performance.now();
      yield view;
    }
    seen = now;
    if (isFinal(view.status)) return;
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

const withoutAges = (view: SyncView) => ({
  ...view,
  streams: view.streams.map((each) => ({ ...each, lagSeconds: 0, etaSeconds: 0, rowsPerSecond: 0 })),
});
