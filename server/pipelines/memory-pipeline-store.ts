import { isDeepStrictEqual } from "node:util";
import type { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { TELLS_OF_ERROR } from "../../domain/pipelines/first-error";
import { mayBecome } from "../../domain/pipelines/run-states";
import type { LogLineView } from "../../domain/pipelines/run-view";
import type { OpenAttempt } from "../../domain/pipelines/slots/grant-slots";
import { isFinal } from "../../domain/shared/is-final";
import type { RunStatus } from "../../domain/shared/run-status";
import { memoryArchive } from "./archive/memory-archive";
import type { PipelineStore, SavedPipeline } from "./run-store";
import type { AdmissionStore } from "./running/admission";
import type { AttemptKey } from "./running/execution-store";
import {
  executionMemory,
  type HeldRun,
  type HeldTask,
  memoryAdmission,
  newTask,
} from "./running/memory-execution";
import { memoryWatch } from "./watch/memory-watch";

export type MemoryPipelineStore = PipelineStore & {
  admission: AdmissionStore;
  openAttempts(): (Omit<OpenAttempt, "id" | "workspaceId"> & { key: AttemptKey })[];
  grant(keys: readonly AttemptKey[], at: Date): void;
  setWaits(waits: readonly { key: AttemptKey; text: string }[]): void;
  evaluations: Map<string, EvaluationReport>;
  /** How often each effect has really changed something. */
  changes: string[];
};

/** The store of a test: what the Prisma one does, in this process. */
export function memoryPipelineStore(): MemoryPipelineStore {
  const saved: (SavedPipeline & { workspaceId: string; draft: boolean })[] = [];
  const runs: HeldRun[] = [];
  const logs: LogLineView[] = [];
  const logRuns = new WeakMap<LogLineView, string>();
  const evaluations = new Map<string, EvaluationReport>();
  const changes: string[] = [];

  const held = (runId: string) => runs.find((run) => run.id === runId);
  const heldTask = (runId: string, taskId: string) =>
    held(runId)?.tasks.find((task) => task.taskId === taskId);
  const heldAttempt = ({ runId, taskId, attempt }: AttemptKey) =>
    heldTask(runId, taskId)?.attempts.find((each) => each.number === attempt);
  const become = (thing: { status: RunStatus } | undefined, to: RunStatus): boolean => {
    if (thing === undefined || thing.status === to || !mayBecome(thing.status, to)) return false;
    thing.status = to;
    return true;
  };
  const cancelTask = (task: HeldTask, at: Date): void => {
    if (isFinal(task.status)) return;
    task.status = task.status === "queued" ? "skipped" : "cancelled";
    task.endedAt = at;
    for (const attempt of task.attempts)
      if (become(attempt, "cancelled"))
        Object.assign(attempt, { endedAt: at, outcome: { status: "cancelled" } });
  };
  const linesOf = ({ runId, taskId, attempt }: AttemptKey) =>
    logs.filter((line) => logRuns.get(line) === runId && line.taskId === taskId && line.attempt === attempt);

  const execution = executionMemory({ held, heldTask, heldAttempt, become, changes });
  const appendLog: MemoryPipelineStore["appendLog"] = async (key, lines) => {
    const there = new Set(linesOf(key).map((line) => line.seq));
    for (const line of lines) {
      if (there.has(line.seq)) continue;
      const kept = { ...line, taskId: key.taskId, attempt: key.attempt };
      logs.push(kept);
      logRuns.set(kept, key.runId);
    }
  };

  return {
    evaluations,
    changes,
    admission: memoryAdmission(runs),
    openAttempts: () =>
      runs.flatMap(({ id: runId, priority, tasks }) =>
        tasks.flatMap(({ taskId, type, attempts }) =>
          attempts
            .filter(({ status }) => status === "running")
            .map(({ number: attempt, grantedAt, startedAt }) => ({
              key: { runId, taskId, attempt },
              type,
              priority,
              isGranted: grantedAt !== null,
              sinceMs: (grantedAt ?? startedAt).getTime(),
            })),
        ),
      ),
    grant: (keys, at) => {
      for (const key of keys) {
        Object.assign(heldAttempt(key) ?? {}, { grantedAt: at });
        Object.assign(heldTask(key.runId, key.taskId) ?? {}, { waits: null });
      }
    },
    setWaits: (waits) => {
      for (const { key, text } of waits)
        Object.assign(heldTask(key.runId, key.taskId) ?? {}, { waits: text });
    },
    ...execution,
    ...memoryWatch(runs),
    ...memoryArchive(),
    run: async (runId) => structuredClone(held(runId) ?? null),
    appendLog,
    endAttempt: async (key, end, progress, at, lines = []) => {
      await appendLog(key, lines);
      return execution.endAttempt(key, end, progress, at);
    },
    nextLogSeq: async (key) => Math.max(-1, ...linesOf(key).map((line) => line.seq)) + 1,
    errorTexts: async (key) => {
      const texts = linesOf(key)
        .sort((a, b) => a.seq - b.seq)
        .map((line) => line.text);
      const first = texts.findIndex((text) => new RegExp(TELLS_OF_ERROR).test(text));
      return first === -1 ? [] : texts.slice(first);
    },
    putEvaluation: async (runId, taskId, _workspaceId, report) =>
      void evaluations.set(`${runId}:${taskId}`, report),

    savePipeline: async (workspaceId, document, draft, createdBy) => {
      const versions = saved.filter(
        (each) => each.workspaceId === workspaceId && each.pipelineId === document.pipeline_id,
      );
      const newest = versions.filter((each) => each.draft === draft).at(-1);
      if (newest !== undefined && isDeepStrictEqual(newest.document, document)) return newest.version;
      const version = versions.length + 1;
      saved.push({
        workspaceId,
        pipelineId: document.pipeline_id,
        version,
        document,
        draft,
        createdBy,
        createdAt: new Date(),
      });
      return version;
    },
    pipeline: async (workspaceId, pipelineId, version) =>
      saved.findLast(
        (each) =>
          each.workspaceId === workspaceId &&
          each.pipelineId === pipelineId &&
          (version === undefined ? !each.draft : each.version === version),
      ) ?? null,
    pipelines: async (workspaceId) => {
      const current = new Map(
        saved
          .filter((each) => each.workspaceId === workspaceId && !each.draft)
          .map((each) => [each.pipelineId, each]),
      );
      return [...current.values()].sort((a, b) => a.document.name.localeCompare(b.document.name, "en"));
    },
    createRun: async ({ tasks, ...run }) => {
      if (held(run.id) !== undefined) return;
      const { workspaceId, pipelineId, pipelineVersion } = run;
      const own = saved.filter((each) => each.workspaceId === workspaceId && each.pipelineId === pipelineId);
      const document = own.find((each) => each.version === pipelineVersion)?.document;
      if (document === undefined) throw new Error("no such pipeline version");
      const earlier = runs.filter(
        (each) => each.workspaceId === workspaceId && each.pipelineId === pipelineId,
      );
      runs.push({
        ...run,
        number: earlier.length + 1,
        document,
        status: "queued",
        error: null,
        warning: null,
        startedAt: null,
        endedAt: null,
        parameters: run.parameters ?? {},
        priority: run.priority ?? 0,
        trigger: run.trigger ?? "manual",
        scheduledFor: run.scheduledFor ?? null,
        parentRunId: run.parentRunId ?? null,
        tasks: tasks.map(
          ({ taskId, type, reused, inputs = [] }): HeldTask => ({
            ...newTask(taskId, type),
            status: reused === null ? "queued" : "succeeded",
            reused: reused !== null,
            outputs: reused ?? {},
            inputs,
          }),
        ),
      });
    },
    runs: async (workspaceId, { pipelineId, before, limit }) => {
      const newest = runs
        .filter(
          (run) =>
            run.workspaceId === workspaceId && (pipelineId === undefined || run.pipelineId === pipelineId),
        )
        .reverse();
      const start = before === undefined ? 0 : newest.findIndex((run) => run.id === before) + 1;
      return structuredClone(newest.slice(start, start + limit));
    },
    cancelRun: async (runId, _cancelledBy, at) => {
      const run = held(runId);
      if (run === undefined || !become(run, "cancelled")) return false;
      run.endedAt = at;
      for (const task of run.tasks) cancelTask(task, at);
      return true;
    },
    logLines: async ({ runId, taskId, attempt, after, newest = false, limit }) =>
      logs
        .filter(
          (line) =>
            logRuns.get(line) === runId &&
            line.taskId === taskId &&
            (attempt === undefined || line.attempt === attempt),
        )
        .filter(
          (line) =>
            after === undefined ||
            line.attempt > after.attempt ||
            (line.attempt === after.attempt && line.seq > after.seq),
        )
        .sort((a, b) => a.attempt - b.attempt || a.seq - b.seq)
        .slice(newest ? -limit : 0)
        .slice(0, limit),
    inputsOf: async (runId) => new Map(held(runId)?.tasks.map(({ taskId, inputs }) => [taskId, inputs])),
  };
}
