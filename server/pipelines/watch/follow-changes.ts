import { setTimeout as sleep } from "node:timers/promises";
import type { RunChange } from "../../../domain/pipelines/watch/run-change";
import { isFinal } from "../../../domain/shared/is-final";
import { requireRole } from "../../workspaces/index";
import { type RunIdInput, toHead } from "../get-run";
import { ownRun, type PipelineScope } from "../pipeline-scope";
import { toSummary } from "../to-summary";
import { changedRows } from "./changed-rows";
import { taskViews } from "./task-views";

const LOOK_MS = 200;

/**
 * The whole run, then what changes of it, until it is final or `signal` aborts. A look costs two statements over the rows that
 * changed lately. The last message, with the final state, follows a look at all rows.
 */
export async function* followChanges(
  scope: PipelineScope,
  { runId }: RunIdInput,
  signal: AbortSignal,
  lookMs = LOOK_MS,
): AsyncGenerator<RunChange> {
  requireRole(scope, "viewer");
  const { store } = scope;
  const rows = changedRows((after) => store.revisions(runId, after));
  // Revisions before the run: what changes between the two is told twice, and nothing is left out.
  await rows.look(0, true);
  const whole = await ownRun(scope, runId);
  const viewOf = taskViews(whole.document);
  let run = await toHead(scope, whole);
  yield { run, tasks: whole.tasks.map(viewOf), isWhole: true };
  while (!isFinal(run.status)) {
    await sleep(lookMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const stored = await store.head(runId);
    if (stored === null) return;
    const { previous, parent } = run;
    const head = { ...toSummary(stored), queue: await store.queueOf(stored), previous, parent };
    const changed = await rows.look(scope.clock.now().getTime(), isFinal(head.status));
    const tasks = changed.length === 0 ? [] : await store.someTasks(runId, changed);
    if (tasks.length > 0 || JSON.stringify(head) !== JSON.stringify(run))
      yield { run: head, tasks: tasks.map(viewOf), isWhole: false };
    run = head;
  }
}
