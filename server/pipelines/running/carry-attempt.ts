import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { AttemptOutcome } from "../../../domain/pipelines/interpreter/run-event";
import { Failure } from "../../../domain/shared/failure";
import type { TaskSockets, TaskWork } from "../task-executor";
import { asTaskFailed, TaskFailed } from "../task-failed";
import { executeTask } from "../tasks/index";
import { atDeadline, attemptDeadline } from "./attempt-deadline";
import { type AttemptNotes, attemptNotes } from "./attempt-notes";
import type { AttemptEnd, AttemptKey, RunFacts, StartedAttempt, TaskInput } from "./execution-store";
import { fillTask } from "./fill-task";
import { givenOutputs } from "./given-outputs";
import type { RunWatch } from "./run-watch";
import type { Slots } from "./slots";
import { taskOf } from "./task-of";

export type AttemptSockets = TaskSockets & { watch: RunWatch; slots: Slots };

type Ended = { outcome: AttemptOutcome; endedAtMs: number };

/** One attempt from its start to its end, and what the store keeps of it. Throws only where the store cannot be asked. */
export async function carryAttempt(sockets: AttemptSockets, key: AttemptKey): Promise<Ended> {
  const { store, clock, slots } = sockets;
  const cancelled = (): Ended => ({ outcome: { status: "cancelled" }, endedAtMs: clock.now().getTime() });
  const facts = await store.facts(key.runId);
  const task = facts === null ? null : taskOf(facts.document, key.taskId);
  if (facts === null || task === null) return cancelled();
  const waitsForSlot = await slots.areLimited(facts.workspaceId, task.type);
  const started = await store.startAttempt(key, clock.now(), waitsForSlot);
  if (started === null) return cancelled();
  if (started.ended !== null)
    return { outcome: started.ended.outcome, endedAtMs: started.ended.at.getTime() };

  const notes = attemptNotes(store, clock, key, sockets.report);
  const end = await work(sockets, { key, facts, task, started, notes });
  const { progress, lines } = await notes.close();
  const at = clock.now();
  const outcome = await store.endAttempt(key, end, progress, at, lines);
  if (started.grantedAt === null) slots.freed();
  return { outcome, endedAtMs: at.getTime() };
}

type Attempt = {
  key: AttemptKey;
  facts: RunFacts;
  task: PipelineTask;
  started: StartedAttempt;
  notes: AttemptNotes;
};

/** Works under a signal that aborts on a cancel of the run and at the deadline. Never throws. */
async function work(sockets: AttemptSockets, attempt: Attempt): Promise<AttemptEnd> {
  const { key, facts, task, started } = attempt;
  const over = new AbortController();
  let isCancelled = false;
  const leave = [
    sockets.watch.watch(key.runId, () => {
      isCancelled = true;
      over.abort(new Failure("cancelled", "The run was cancelled."));
    }),
  ];
  try {
    const grantedAt = started.grantedAt ?? (await sockets.slots.wait(key, over.signal));
    const deadline = attemptDeadline({
      taskTimeout: task.timeout,
      pipelineTimeout: facts.document.timeout,
      attemptAt: grantedAt,
      runAt: facts.startedAt ?? started.startedAt,
    });
    if (deadline !== null) {
      leave.push(
        atDeadline(
          deadline,
          () => sockets.clock.now().getTime(),
          () => over.abort(deadline.failure),
        ),
      );
    }
    return await execute(sockets, attempt, over.signal);
  } catch (thrown) {
    if (isCancelled) return { status: "cancelled" };
    const cause = over.signal.aborted ? (over.signal.reason as unknown) : thrown;
    if (!(cause instanceof Failure) && !(cause instanceof TaskFailed)) sockets.report(cause);
    const { error, kind } = asTaskFailed(cause);
    return { status: "failed", error, kind };
  } finally {
    for (const each of leave) each();
  }
}

async function execute(sockets: AttemptSockets, attempt: Attempt, signal: AbortSignal): Promise<AttemptEnd> {
  const { key, facts, task, started, notes } = attempt;
  const { store } = sockets;
  const inputs: TaskInput[] = [];
  const recorded = started.isNew ? new Map<string, unknown>() : await store.steps(key);
  let isWhole = true;
  const filled = await fillTask(task, facts, started.item, (ids) => givenOutputs(store, facts, ids));
  signal.throwIfAborted();
  const taskWork: TaskWork = {
    key,
    run: facts,
    signal,
    idempotencyKey: `${key.runId}:${key.taskId}`,
    progress: notes.progress,
    note: notes.line,
    reads: (input) => void inputs.push(input),
    outputsOf: async (taskId) => (await store.outputs(key.runId, [taskId])).get(taskId) ?? {},
    evaluate: filled.evaluate,
    step: async <T>(name: string, act: () => Promise<T>): Promise<T> => {
      signal.throwIfAborted();
      if (recorded.has(name)) {
        isWhole = false;
        return recorded.get(name) as T;
      }
      const value = await act();
      await store.recordStep(key, name, value);
      return value;
    },
  };
  const outputs = await executeTask(filled.task, taskWork, sockets);
  return {
    status: "succeeded",
    outputs,
    // What a step read that an earlier process did is not known: then nothing is said of it.
    inputs: isWhole ? [filled.configInput, ...inputs] : [],
    endsTask: task.type !== "map",
  };
}
