import { setTimeout as sleep } from "node:timers/promises";
import type { RunView } from "../../domain/pipelines/run-view";
import { isFinal } from "../../domain/shared/is-final";
import { getRun, type RunIdInput } from "./get-run";
import type { PipelineScope } from "./pipeline-scope";

const LOOK_MS = 400;

/** The run now and after every change, until it is final or `signal` aborts. */
export async function* followRun(
  scope: PipelineScope,
  input: RunIdInput,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): AsyncGenerator<RunView> {
  let seen = "";
  while (!signal.aborted) {
    const view = await getRun(scope, input);
    const now = JSON.stringify(view);
    if (now !== seen) yield view;
    seen = now;
    if (isFinal(view.status)) return;
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  }
}
