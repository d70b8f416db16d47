import type { RunView } from "../../domain/pipelines/run-view";
import { applyRunChange } from "../../domain/pipelines/watch/apply-run-change";
import type { RunIdInput } from "./get-run";
import type { PipelineScope } from "./pipeline-scope";
import { followChanges } from "./watch/follow-changes";

/** The run now and after every change, until it is final or `signal` aborts. */
export async function* followRun(
  scope: PipelineScope,
  input: RunIdInput,
  signal: AbortSignal,
  lookMs?: number,
): AsyncGenerator<RunView> {
  let view: RunView | null = null;
  for await (const change of followChanges(scope, input, signal, lookMs)) {
    view = applyRunChange(view, change);
    if (view !== null) yield view;
  }
}
