import { isDeepStrictEqual } from "node:util";
import type { EvaluationReport } from "../../domain/experiments/evaluation-report";
import { mayBecome } from "../../domain/pipelines/run-states";
import type { AttemptView, LogLineView } from "../../domain/pipelines/run-view";
import { isFinal } from "../../domain/shared/is-final";
import type { RunStatus } from "../../domain/shared/run-status";
import type { AttemptKey, PipelineStore, SavedPipeline, StoredRun, StoredTask } from "./run-store";

export type MemoryPipelineStore = PipelineStore & {
  evaluations: Map<string, EvaluationReport>;
  /** How often each effect has really changed something. */
  changes: string[];
};

/** The store of a test: what the Prisma one does, in this process. */
export function memoryPipelineStore(): MemoryPipelineStore {
  const saved: (SavedPipeline & { workspaceId: string; draft: boolean })[] = [];
  const runs: StoredRun[] = [];
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
  const cancelTask = (task: StoredTask, at: Date): void => {
    if (isFinal(task.status)) return;
    task.status = task.status === "queued" ? "skipped" : "cancelled";
    task.endedAt = at;
    for (const attempt of task.attempts) if (become(attempt, "cancelled")) attempt.endedAt = at;
  };
  const linesOf = ({ runId, taskId, attempt }: AttemptKey) =>
    logs.filter((line) => logRuns.get(line) === runId && line.taskId === taskId && line.attempt === attempt);

  return {
    evaluations,
    changes,
    run: async (runId) => structuredClone(held(runId) ?? null),
    status: async (runId) => held(runId)?.status ?? null,
    waitsForEarlierRun: async (runId) => {
      const run = held(runId);
      return runs.some(
        (each) =>
          run !== undefined &&
          each.workspaceId === run.workspaceId &&
          each.pipelineId === run.pipelineId &&
          each.number < run.number &&
          !isFinal(each.status),
      );
    },
    startRun: async (runId, at) => {
      const run = held(runId);
      if (become(run, "running") && run !== undefined) run.startedAt ??= at;
    },
    endRun: async (runId, status, error, at) => {
      const run = held(runId);
      if (become(run, status) && run !== undefined) Object.assign(run, { error, endedAt: at });
    },
    startTask: async (runId, taskId, at) => {
      const task = heldTask(runId, taskId);
      if (become(task, "running") && task !== undefined) task.startedAt ??= at;
    },
    retryTask: async (runId, taskId) => void become(heldTask(runId, taskId), "retrying"),
    endTask: async (runId, taskId, status, outputs, at) => {
      const task = heldTask(runId, taskId);
      if (!become(task, status) || task === undefined) return;
      Object.assign(task, { outputs, endedAt: at });
      changes.push(`${taskId} ${status}`);
    },
    startAttempt: async (key, at) => {
      const there = heldAttempt(key);
      if (there !== undefined) return there.startedAt;
      const attempt: AttemptView = {
        number: key.attempt,
        status: "running",
        jobId: null,
        progress: "",
        error: null,
        startedAt: at,
        endedAt: null,
      };
      heldTask(key.runId, key.taskId)?.attempts.push(attempt);
      return at;
    },
    setJob: async (key, jobId) => {
      const attempt = heldAttempt(key);
      if (attempt !== undefined) attempt.jobId = jobId;
    },
    setProgress: async (key, progress) => {
      const attempt = heldAttempt(key);
      if (attempt !== undefined && !isFinal(attempt.status)) attempt.progress = progress;
    },
    endAttempt: async (key, status, error, at) => {
      const attempt = heldAttempt(key);
      if (become(attempt, status) && attempt !== undefined) Object.assign(attempt, { error, endedAt: at });
    },
    appendLog: async (key, lines) => {
      const there = new Set(linesOf(key).map((line) => line.seq));
      for (const line of lines) {
        if (there.has(line.seq)) continue;
        const kept = { ...line, taskId: key.taskId, attempt: key.attempt };
        logs.push(kept);
        logRuns.set(kept, key.runId);
      }
    },
    nextLogSeq: async (key) => Math.max(-1, ...linesOf(key).map((line) => line.seq)) + 1,
    logTexts: async (key) =>
      linesOf(key)
        .sort((a, b) => a.seq - b.seq)
        .map((line) => line.text),
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
      const document = saved.find(
        (each) =>
          each.workspaceId === run.workspaceId &&
          each.pipelineId === run.pipelineId &&
          each.version === run.pipelineVersion,
      )?.document;
      if (document === undefined) throw new Error("no such pipeline version");
      const numbers = runs.filter(
        (each) => each.workspaceId === run.workspaceId && each.pipelineId === run.pipelineId,
      ).length;
      runs.push({
        ...run,
        number: numbers + 1,
        document,
        status: "queued",
        error: null,
        startedAt: null,
        endedAt: null,
        tasks: tasks.map(
          ({ taskId, reused }): StoredTask => ({
            taskId,
            status: reused === null ? "queued" : "succeeded",
            reused: reused !== null,
            outputs: reused ?? {},
            startedAt: null,
            endedAt: null,
            attempts: [],
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
    logLines: async ({ runId, taskId, attempt, after, limit }) =>
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
        .slice(0, limit),
    unfinishedRuns: async () => runs.filter((run) => !isFinal(run.status)).map((run) => run.id),
  };
}
