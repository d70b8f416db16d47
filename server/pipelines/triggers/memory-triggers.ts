import { isFinal } from "../../../domain/shared/is-final";
import type { RunStatus } from "../../../domain/shared/run-status";
import type { NewRun } from "../run-store";
import type { Runnable, StoredBackfill, TriggerStore } from "./trigger-store";

type HeldRun = NewRun & { status: RunStatus };
type HeldPipeline = {
  isPaused: boolean;
  isArchived: boolean;
  dealtUntil: Date | null;
  version: number | null;
  versions: Map<number, Runnable>;
};

/** The store of a test: what the Prisma one does, in this process, and the runs that were made. */
export function memoryTriggers() {
  const pipelines = new Map<string, HeldPipeline>();
  const backfills = new Map<string, StoredBackfill>();
  const runs = new Map<string, HeldRun>();
  const keyOf = (workspaceId: string, pipelineId: string) => `${workspaceId} ${pipelineId}`;
  const held = (workspaceId: string, pipelineId: string) => pipelines.get(keyOf(workspaceId, pipelineId));
  const ofPipeline = (workspaceId: string, pipelineId: string) =>
    [...runs.values()].filter((run) => run.workspaceId === workspaceId && run.pipelineId === pipelineId);
  const newestFirst = () => [...backfills.values()].reverse();

  const triggers: TriggerStore = {
    scheduled: async () =>
      [...pipelines].flatMap(([key, { isPaused, isArchived, dealtUntil, version, versions }]) => {
        const current = versions.get(version ?? 0);
        const [workspaceId = "", pipelineId = ""] = key.split(" ");
        if (isPaused || isArchived || current === undefined || current.schedule === null) return [];
        const { schedule, maxActiveRuns } = current;
        return [{ workspaceId, pipelineId, version: current.version, schedule, maxActiveRuns, dealtUntil }];
      }),
    openScheduledRuns: async (...where) =>
      ofPipeline(...where).filter((run) => run.trigger === "schedule" && !isFinal(run.status)).length,
    scheduleState: async (...where) => {
      const { versions: _versions, ...state } = held(...where) ?? { versions: null };
      return "isPaused" in state ? state : null;
    },
    setDealtUntil: async (workspaceId, pipelineId, until, isRestart = false) => {
      const pipeline = held(workspaceId, pipelineId);
      if (pipeline === undefined) return;
      if (isRestart || pipeline.dealtUntil === null || pipeline.dealtUntil < until)
        pipeline.dealtUntil = until;
    },
    setPaused: async (workspaceId, pipelineId, isPaused, at) => {
      const pipeline = held(workspaceId, pipelineId);
      if (pipeline === undefined || pipeline.isPaused === isPaused) return false;
      Object.assign(pipeline, isPaused ? { isPaused } : { isPaused, dealtUntil: at });
      return true;
    },
    runnable: async (workspaceId, pipelineId, version) =>
      held(workspaceId, pipelineId)?.versions.get(version) ?? null,
    createBackfill: async (backfill) => {
      if (!backfills.has(backfill.id)) backfills.set(backfill.id, { ...backfill });
    },
    backfill: async (id) => structuredClone(backfills.get(id) ?? null),
    backfills: async (workspaceId, pipelineId, limit) =>
      newestFirst()
        .filter((each) => each.workspaceId === workspaceId && each.pipelineId === pipelineId)
        .slice(0, limit),
    openBackfills: async () =>
      structuredClone([...backfills.values()].filter((each) => each.status === "running")),
    setMade: async (id, made) => {
      const backfill = backfills.get(id);
      if (backfill !== undefined) backfill.made = Math.max(made, backfill.made);
    },
    moveBackfill: async (id, from, status, endedAt) => {
      const backfill = backfills.get(id);
      if (backfill === undefined || !from.includes(backfill.status)) return false;
      Object.assign(backfill, { status, endedAt });
      return true;
    },
    backfillRuns: async (ids) =>
      new Map(
        ids.map((id) => {
          const counts: Partial<Record<RunStatus, number>> = {};
          for (const run of runs.values())
            if (run.backfillId === id) counts[run.status] = (counts[run.status] ?? 0) + 1;
          return [id, counts];
        }),
      ),
    openRunsOf: async (id) =>
      [...runs.values()].filter((run) => run.backfillId === id && !isFinal(run.status)).map((run) => run.id),
    fireStatuses: async (workspaceId, pipelineId, from, until) => {
      const found = new Map<number, RunStatus[]>();
      for (const { scheduledFor, status } of ofPipeline(workspaceId, pipelineId)) {
        if (!scheduledFor || scheduledFor < from || scheduledFor >= until) continue;
        found.set(scheduledFor.getTime(), [...(found.get(scheduledFor.getTime()) ?? []), status]);
      }
      return found;
    },
    runDays: async () => [],
  };

  return {
    triggers,
    /** In the order in which they were made. */
    runs,
    createRun: async (run: NewRun) => {
      if (!runs.has(run.id)) runs.set(run.id, { ...run, status: "queued" });
    },
    setArchived: (workspaceId: string, pipelineId: string, isArchived: boolean) =>
      void Object.assign(held(workspaceId, pipelineId) ?? {}, { isArchived }),
    /** Makes `runnable` the active version of a pipeline. */
    activate: (workspaceId: string, pipelineId: string, runnable: Runnable) => {
      const before = held(workspaceId, pipelineId);
      const pipeline = before ?? {
        isPaused: false,
        isArchived: false,
        dealtUntil: null,
        version: null,
        versions: new Map(),
      };
      pipeline.versions.set(runnable.version, runnable);
      pipeline.version = runnable.version;
      pipelines.set(keyOf(workspaceId, pipelineId), pipeline);
    },
  };
}
