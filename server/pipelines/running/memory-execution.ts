import { firstFailure } from "../../../domain/pipelines/first-failure";
import type { AttemptOutcome } from "../../../domain/pipelines/interpreter/run-event";
import { childId } from "../../../domain/pipelines/interpreter/run-plan";
import type { AttemptView } from "../../../domain/pipelines/run-view";
import { isFinal } from "../../../domain/shared/is-final";
import type { RunStatus } from "../../../domain/shared/run-status";
import type { StoredRun, StoredTask } from "../run-store";
import type { AdmissionStore } from "./admission";
import { outcomeOf } from "./attempt-rows";
import type { AttemptKey, ExecutionStore } from "./execution-store";

export type HeldAttempt = AttemptView & {
  grantedAt: Date | null;
  outcome: AttemptOutcome | null;
  steps: Map<string, string>;
};
export type HeldTask = Omit<StoredTask, "attempts"> & { attempts: HeldAttempt[] };
export type HeldRun = Omit<StoredRun, "tasks"> & { tasks: HeldTask[]; parentRunId: string | null };

export const newTask = (taskId: string, type: string): HeldTask => ({
  taskId,
  type,
  status: "queued",
  reused: false,
  childOf: null,
  because: null,
  waits: null,
  outputs: {},
  inputs: [],
  startedAt: null,
  endedAt: null,
  attempts: [],
});

type Held = {
  held(runId: string): HeldRun | undefined;
  heldTask(runId: string, taskId: string): HeldTask | undefined;
  heldAttempt(key: AttemptKey): HeldAttempt | undefined;
  /** Whether it changed. */
  become(thing: { status: RunStatus } | undefined, to: RunStatus): boolean;
  changes: string[];
};

/** An attempt that an earlier process began. */
function startedBefore({ outcome, startedAt, grantedAt, endedAt }: HeldAttempt, task: HeldTask) {
  if (outcome === null && isFinal(task.status)) return null;
  const ended = outcome === null ? null : { outcome, at: endedAt ?? startedAt };
  return { startedAt, grantedAt, isNew: false, ended, item: task.outputs.item };
}

type Logs = "appendLog" | "nextLogSeq" | "errorTexts" | "putEvaluation";

/** What the Prisma rows do, in this process. */
export function executionMemory({
  held,
  heldTask,
  heldAttempt,
  become,
  changes,
}: Held): Omit<ExecutionStore, Logs> {
  const endTask = (task: HeldTask, status: RunStatus, at: Date): boolean => {
    if (isFinal(task.status)) return false;
    Object.assign(task, { status, endedAt: at, waits: null });
    if (status !== "skipped" || task.attempts.length > 0) changes.push(`${task.taskId} ${status}`);
    return true;
  };
  return {
    status: async (runId) => held(runId)?.status ?? null,
    facts: async (runId) => structuredClone(held(runId) ?? null),
    beginRun: async (runId, at) => {
      const run = held(runId);
      if (run === undefined || isFinal(run.status)) return null;
      if (become(run, "running")) run.startedAt ??= at;
      const reused = run.tasks.filter((task) => task.reused);
      return structuredClone({
        facts: run,
        startedAt: run.startedAt ?? at,
        reused: reused.map(({ taskId, outputs }) => ({ taskId, outputs, status: "succeeded" as const })),
      });
    },
    endRun: async (runId, { status, error, warning }, at) => {
      const run = held(runId);
      if (run === undefined || !become(run, status)) return;
      const errors = run.tasks.map((task) => ({ ...task, error: task.attempts.at(-1)?.error ?? null }));
      const told = error ?? (status === "failed" ? firstFailure(errors) : null);
      Object.assign(run, { error: told, warning, endedAt: at });
      for (const task of run.tasks) endTask(task, "skipped", at);
    },
    startAttempt: async (key, at, waitsForSlot) => {
      const task = heldTask(key.runId, key.taskId);
      if (task === undefined) return null;
      const { item } = task.outputs;
      const there = heldAttempt(key);
      if (there !== undefined) return startedBefore(there, task);
      if (isFinal(task.status)) return null;
      task.status = "running";
      task.startedAt ??= at;
      const grantedAt = waitsForSlot ? null : at;
      task.attempts.push({
        number: key.attempt,
        status: "running",
        jobId: null,
        progress: "",
        error: null,
        startedAt: at,
        endedAt: null,
        grantedAt,
        outcome: null,
        steps: new Map(),
      });
      return { startedAt: at, grantedAt, isNew: true, ended: null, item };
    },
    endAttempt: async (key, end, progress, at) => {
      const attempt = heldAttempt(key);
      const task = heldTask(key.runId, key.taskId);
      if (attempt === undefined || task === undefined || isFinal(attempt.status))
        return attempt?.outcome ?? { status: "cancelled" };
      Object.assign(attempt, { status: end.status, endedAt: at, outcome: outcomeOf(end) });
      attempt.progress = progress ?? attempt.progress;
      attempt.error = end.status === "failed" ? end.error : null;
      if (end.status === "succeeded") {
        Object.assign(task, { outputs: { ...task.outputs, ...end.outputs }, inputs: end.inputs });
        if (end.endsTask) endTask(task, "succeeded", at);
      }
      return structuredClone(attempt.outcome) ?? { status: "cancelled" };
    },
    pauseTask: async (runId, taskId) => void become(heldTask(runId, taskId), "retrying"),
    endTasks: async (runId, tasks, at) => {
      for (const { task: taskId, status, because } of tasks) {
        const task = heldTask(runId, taskId);
        if (task !== undefined && endTask(task, status, at)) task.because = because ?? null;
      }
    },
    addChildren: async (runId, taskId, type, items) => {
      items.forEach((item, index) => {
        const id = childId(taskId, index);
        if (heldTask(runId, id) !== undefined) return;
        held(runId)?.tasks.push({ ...newTask(id, type), childOf: taskId, outputs: { item: item as null } });
      });
    },
    outputs: async (runId, taskIds) => {
      const tasks = held(runId)?.tasks.filter(({ taskId }) => taskIds.includes(taskId)) ?? [];
      return new Map(tasks.map(({ taskId, outputs }) => [taskId, structuredClone(outputs)]));
    },
    childOutputs: async (runId, taskId) =>
      structuredClone(held(runId)?.tasks.filter(({ childOf }) => childOf === taskId) ?? []).map(
        ({ outputs }) => outputs,
      ),
    setOutputs: async (runId, taskId, outputs) => {
      const task = heldTask(runId, taskId);
      if (task !== undefined) task.outputs = structuredClone(outputs);
    },
    steps: async (key) => {
      const steps = heldAttempt(key)?.steps ?? new Map<string, string>();
      return new Map([...steps].map(([name, value]) => [name, JSON.parse(value) as unknown]));
    },
    recordStep: async (key, name, value) => {
      const steps = heldAttempt(key)?.steps;
      if (steps !== undefined && !steps.has(name)) steps.set(name, JSON.stringify(value ?? null));
    },
    taskSteps: async (runId, taskId) => {
      const tasks = held(runId)?.tasks.filter((task) => task.taskId === taskId || task.childOf === taskId);
      const steps = (tasks ?? []).flatMap(({ attempts }) => attempts.flatMap((each) => [...each.steps]));
      return steps.map(([name, value]) => ({ name, value: JSON.parse(value) as unknown }));
    },
    setJob: async (key, jobId) => {
      const attempt = heldAttempt(key);
      if (attempt !== undefined) attempt.jobId = jobId;
    },
    setProgress: async (key, progress) => {
      const attempt = heldAttempt(key);
      if (attempt !== undefined && !isFinal(attempt.status)) attempt.progress = progress;
    },
    endedRuns: async (runIds) => {
      const ended = runIds.flatMap((id) => held(id) ?? []).filter(({ status }) => isFinal(status));
      return new Map(ended.map(({ id, status }) => [id, status]));
    },
  };
}

/** Admission over runs of this process. */
export const memoryAdmission = (runs: HeldRun[]): AdmissionStore => ({
  admit: async (at) => {
    const waiting = runs
      .filter(({ status }) => status === "queued")
      .sort((a, b) => b.priority - a.priority || a.number - b.number);
    return waiting.flatMap((run) => {
      const { workspaceId, pipelineId, document } = run;
      const active = runs.filter(
        (each) =>
          each.workspaceId === workspaceId && each.pipelineId === pipelineId && each.status === "running",
      );
      if (active.length >= (document.max_active_runs ?? 1)) return [];
      Object.assign(run, { status: "running", startedAt: at });
      return [run.id];
    });
  },
  runningRuns: async (since) =>
    runs
      .filter(({ status }) => status === "running")
      .filter(({ startedAt }) => since === null || startedAt === null || startedAt >= since)
      .map(({ id }) => id),
});
