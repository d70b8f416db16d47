import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { parseDuration } from "../../domain/pipelines/parse-duration";
import type { PipelineTask } from "../../domain/pipelines/pipeline-document";
import { maxAttempts, retryDelayMs } from "../../domain/pipelines/retry-plan";
import type { RunError } from "../../domain/pipelines/run-view";
import type { WorkflowBody, WorkflowContext } from "../../domain/ports/workflow-runner";
import { Failure } from "../../domain/shared/failure";
import { isFinal } from "../../domain/shared/is-final";
import type { StoredRun, TaskOutputs } from "./run-store";
import type { TaskSockets, TaskWork } from "./task-executor";
import { asTaskFailed, type FailureKind, TaskFailed } from "./task-failed";
import { executeTask } from "./tasks/index";

export const RUN_TASK = "run-task";
const RunTaskInput = z.object({ runId: z.string(), taskId: z.string() });
export const taskWorkflowId = (runId: string, taskId: string) => `${runId}:${taskId}`;

type Settled<T> = { ok: true; value: T } | { ok: false; error: RunError; kind: FailureKind };

/** The workflow of one task: attempts, waits between them, and its end. */
export const runTaskBody =
  (sockets: TaskSockets): WorkflowBody =>
  async (context, input) => {
    const { runId, taskId } = RunTaskInput.parse(input);
    const { store, clock } = sockets;
    const run = await context.step("begin", () => beginTask(sockets, runId, taskId));
    const task = run?.document.tasks.find((each) => each.task_id === taskId);
    if (run === null || task === undefined) return null;

    for (let attempt = 1; ; attempt += 1) {
      const settled = await runAttempt(context, sockets, run, task, attempt);
      if (settled.ok || !mayRetry(task, settled.kind, attempt)) {
        const outputs = settled.ok ? settled.value : {};
        await done(context, "end", () => store.endTask(runId, taskId, endOf(settled), outputs, clock.now()));
        return null;
      }
      await done(context, `retry ${attempt}`, () => store.retryTask(runId, taskId));
      await context.sleep(`wait ${attempt}`, retryDelayMs(task, attempt));
    }
  };

const endOf = (settled: Settled<unknown>): "succeeded" | "failed" | "cancelled" => {
  if (settled.ok) return "succeeded";
  return settled.error.code === "cancelled" ? "cancelled" : "failed";
};

/** A step that is done for its effect. */
const done = (context: WorkflowContext, name: string, act: () => Promise<void>): Promise<null> =>
  context.step(name, async () => {
    await act();
    return null;
  });

/** Null where there is nothing to do: the run or the task has ended. */
async function beginTask(
  { store, clock }: TaskSockets,
  runId: string,
  taskId: string,
): Promise<StoredRun | null> {
  const run = await store.run(runId);
  const stored = run?.tasks.find((each) => each.taskId === taskId);
  if (run === null || stored === undefined || isFinal(run.status) || isFinal(stored.status)) return null;
  await store.startTask(runId, taskId, clock.now());
  // Recorded as JSON: only what the executors read, and no times.
  return { ...run, tasks: run.tasks.map((each) => ({ ...each, attempts: [] })) };
}

function mayRetry(task: PipelineTask, kind: FailureKind, attempt: number): boolean {
  if (kind === "final" || attempt >= maxAttempts(task)) return false;
  return kind === "lost" || task.retry_policy !== undefined;
}

async function runAttempt(
  context: WorkflowContext,
  sockets: TaskSockets,
  run: StoredRun,
  task: PipelineTask,
  attempt: number,
): Promise<Settled<TaskOutputs>> {
  const { store, clock } = sockets;
  const key = { runId: run.id, taskId: task.task_id, attempt };
  const startedAtMs = await context.step(`attempt ${attempt}`, async () => {
    await store.startTask(run.id, task.task_id, clock.now());
    return (await store.startAttempt(key, clock.now())).getTime();
  });
  const work: TaskWork = {
    key,
    run,
    idempotencyKey: taskWorkflowId(run.id, task.task_id),
    progress: (text) => store.setProgress(key, text),
    step: async (name, act) => {
      const deadline = deadlineOf(run, task, startedAtMs);
      const settled = await context.step(`attempt ${attempt}: ${name}`, () =>
        settle(sockets, run.id, deadline, act),
      );
      if (settled.ok) return settled.value;
      throw new TaskFailed(settled.error, settled.kind);
    },
  };
  const settled = await executeTask(task, work, sockets).then(
    (value): Settled<TaskOutputs> => ({ ok: true, value }),
    (thrown: unknown): Settled<TaskOutputs> => {
      if (!(thrown instanceof TaskFailed)) throw thrown;
      return { ok: false, error: thrown.error, kind: thrown.kind };
    },
  );
  await done(context, `attempt ${attempt} ends`, () =>
    store.endAttempt(key, endOf(settled), settled.ok ? null : settled.error, clock.now()),
  );
  return settled;
}

type Deadline = { atMs: number; failure: TaskFailed } | null;

/** The earlier of the task's and the pipeline's. */
function deadlineOf(run: StoredRun, task: PipelineTask, attemptStartedAtMs: number): Deadline {
  const timedOut = (what: string, limit: string, kind: FailureKind) =>
    new TaskFailed(
      {
        code: "timed_out",
        message: `The ${what} took longer than its timeout, ${limit}.`,
        hint: "Raise the timeout, or do less.",
        detail: null,
      },
      kind,
    );
  const limits: NonNullable<Deadline>[] = [];
  if (task.timeout !== undefined) {
    limits.push({
      atMs: attemptStartedAtMs + parseDuration(task.timeout),
      failure: timedOut("task", task.timeout, "ordinary"),
    });
  }
  const { timeout } = run.document;
  if (timeout !== undefined && run.startedAt !== null) {
    // The run came through JSON, where a date is a text.
    limits.push({
      atMs: new Date(run.startedAt).getTime() + parseDuration(timeout),
      failure: timedOut("pipeline", timeout, "final"),
    });
  }
  return limits.sort((a, b) => a.atMs - b.atMs)[0] ?? null;
}

/** Runs `act` under a signal that aborts on a cancel of the run and at the deadline. Never throws. */
async function settle<T>(
  sockets: TaskSockets,
  runId: string,
  deadline: Deadline,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<Settled<T>> {
  const watch = new AbortController();
  const over = new AbortController();
  const watching = watchForEnd(sockets, runId, deadline, watch, over.signal);
  try {
    return { ok: true, value: await act(watch.signal) };
  } catch (thrown) {
    const cause = watch.signal.aborted ? (watch.signal.reason as unknown) : thrown;
    if (!(cause instanceof Failure) && !(cause instanceof TaskFailed)) sockets.report(cause);
    const { error, kind } = asTaskFailed(cause);
    return { ok: false, error, kind };
  } finally {
    over.abort();
    await watching;
  }
}

async function watchForEnd(
  { store, clock, jobs }: TaskSockets,
  runId: string,
  deadline: Deadline,
  watch: AbortController,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    if (deadline !== null && clock.now().getTime() >= deadline.atMs) return watch.abort(deadline.failure);
    const status = await store.status(runId).catch(() => null);
    if (status !== null && isFinal(status))
      return watch.abort(new Failure("cancelled", "The run was cancelled."));
    const leftMs = deadline === null ? Number.POSITIVE_INFINITY : deadline.atMs - clock.now().getTime();
    await sleep(Math.max(1, Math.min(jobs.pollMs * 4, leftMs)), undefined, { signal: over }).catch(
      () => undefined,
    );
  }
}
