import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { readyTasks, type TaskStatuses, unreachableTasks } from "../../domain/pipelines/order-tasks";
import { runOutcome } from "../../domain/pipelines/run-states";
import type { RunError } from "../../domain/pipelines/run-view";
import type { WorkflowBody, WorkflowClient } from "../../domain/ports/workflow-runner";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { isFinal } from "../../domain/shared/is-final";
import type { RunStore, StoredRun } from "./run-store";
import { RUN_TASK, taskWorkflowId } from "./run-task";

export const RUN_PIPELINE = "run-pipeline";
const RunPipelineInput = z.object({ runId: z.string() });

export type RunPipelineSockets = {
  store: RunStore;
  workflows: Pick<WorkflowClient, "start" | "state">;
  clock: Clock;
  /** Tasks of one run at the same time. */
  concurrency: number;
  pollMs: number;
};

/** Looks between two questions whether a task's workflow died without a word. */
const STATE_EVERY = 20;

/**
 * The workflow of a run. Each task is a workflow of its own, so that parallel branches stay replayable; this one starts
 * those that are ready and waits. Runs of one pipeline go one after another: they write the same tables.
 */
export const runPipelineBody =
  (sockets: RunPipelineSockets): WorkflowBody =>
  async (context, input) => {
    const { runId } = RunPipelineInput.parse(input);
    let going = await context.step("begin", () => beginRun(sockets, runId));
    for (let round = 1; going; round += 1) {
      going = await context.step(`advance ${round}`, () => advance(sockets, runId));
    }
    await context.step("end", () => endRun(sockets, runId));
    return null;
  };

async function unfinished(store: RunStore, runId: string): Promise<StoredRun | null> {
  const run = await store.run(runId);
  return run === null || isFinal(run.status) ? null : run;
}

async function beginRun({ store, clock, pollMs }: RunPipelineSockets, runId: string): Promise<boolean> {
  while (await store.waitsForEarlierRun(runId)) {
    if ((await unfinished(store, runId)) === null) return false;
    await sleep(pollMs);
  }
  if ((await unfinished(store, runId)) === null) return false;
  await store.startRun(runId, clock.now());
  return true;
}

const statusesOf = (run: StoredRun): TaskStatuses =>
  Object.fromEntries(run.tasks.map((task) => [task.taskId, task.status]));

/** Starts what is ready and returns when a task has ended; false where nothing is left to do. */
async function advance(sockets: RunPipelineSockets, runId: string): Promise<boolean> {
  const { store, workflows, clock, concurrency, pollMs } = sockets;
  const run = await unfinished(store, runId);
  if (run === null) return false;
  const statuses = statusesOf(run);
  for (const taskId of unreachableTasks(run.document.tasks, statuses)) {
    await store.endTask(runId, taskId, "skipped", {}, clock.now());
    statuses[taskId] = "skipped";
  }
  const ended = Object.values(statuses).filter(isFinal).length;
  if (ended === run.tasks.length) return false;

  const begun = run.tasks.filter(
    (task) => statuses[task.taskId] !== "queued" && !isFinal(statuses[task.taskId] ?? "queued"),
  );
  const room = Math.max(0, concurrency - begun.length);
  const watched = [
    ...begun.map((task) => task.taskId),
    ...readyTasks(run.document.tasks, statuses).slice(0, room),
  ];
  for (const taskId of watched)
    await workflows.start(RUN_TASK, taskWorkflowId(runId, taskId), { runId, taskId });

  for (let look = 1; ; look += 1) {
    const now = await unfinished(store, runId);
    if (now === null) return false;
    if (now.tasks.filter((task) => isFinal(task.status)).length > ended) return true;
    if (look % STATE_EVERY === 0) await endDeadTasks(sockets, now, watched);
    await sleep(pollMs);
  }
}

const DIED: RunError = {
  code: "internal",
  message: "A fault inside Benchwright ended this task.",
  hint: "The worker's log says more. Rerun from this task.",
  detail: null,
};

/** A task whose workflow ended without saying so would be waited for without end. */
async function endDeadTasks(
  { store, workflows, clock }: RunPipelineSockets,
  run: StoredRun,
  watched: string[],
): Promise<void> {
  for (const taskId of watched) {
    const state = await workflows.state(taskWorkflowId(run.id, taskId)).catch((error: unknown) => {
      if (error instanceof Failure) return null;
      throw error;
    });
    if (state === null || state.status === "queued" || state.status === "running") continue;
    // It may have ended well since `run` was read; a final state is never left.
    const task = run.tasks.find((each) => each.taskId === taskId);
    if (state.status === "succeeded" && task !== undefined && isFinal(task.status)) continue;
    const last = task?.attempts.at(-1);
    if (last !== undefined) {
      await store.endAttempt({ runId: run.id, taskId, attempt: last.number }, "failed", DIED, clock.now());
    }
    await store.endTask(run.id, taskId, "failed", {}, clock.now());
  }
}

async function endRun({ store, clock }: RunPipelineSockets, runId: string): Promise<null> {
  const run = await unfinished(store, runId);
  if (run === null) return null;
  const outcome = runOutcome(run.tasks.map((task) => task.status)) ?? "failed";
  await store.endRun(runId, outcome, outcome === "failed" ? firstFailure(run) : null, clock.now());
  return null;
}

/** The error of the task that failed first. */
function firstFailure(run: StoredRun): RunError {
  const errors = run.tasks
    .filter((task) => task.status === "failed")
    .sort((a, b) => (a.endedAt?.getTime() ?? 0) - (b.endedAt?.getTime() ?? 0))
    .map((task) => task.attempts.at(-1)?.error ?? DIED);
  return errors[0] ?? DIED;
}
