import { gridOf } from "../../../domain/pipelines/watch/grid-of";
import type { HeldRun } from "../running/memory-execution";
import type { RowRevision, WatchStore } from "./watch-store";

/** What the Prisma rows do, in this process. A row's revision is counted up when it is found changed. */
export function memoryWatch(runs: HeldRun[]): WatchStore {
  const known = new WeakMap<object, { json: string; revision: number }>();
  let last = 0;
  const revisionOf = (row: object): number => {
    const json = JSON.stringify(row);
    const before = known.get(row);
    if (before?.json === json) return before.revision;
    last += 1;
    known.set(row, { json, revision: last });
    return last;
  };
  const held = (runId: string) => runs.find(({ id }) => id === runId);
  const siblings = ({ workspaceId, pipelineId }: Pick<HeldRun, "workspaceId" | "pipelineId">) =>
    runs.filter((run) => run.workspaceId === workspaceId && run.pipelineId === pipelineId);
  return {
    head: async (runId) => {
      const run = held(runId);
      if (run === undefined) return null;
      const { tasks: _tasks, document: _document, parentRunId: _parent, ...head } = run;
      return structuredClone(head);
    },
    queueOf: async (run) => {
      if (run.status !== "queued") return null;
      const others = siblings(run);
      const goesFirst = ({ priority, number }: HeldRun) =>
        priority > run.priority || (priority === run.priority && number < run.number);
      return {
        running: others.filter(({ status }) => status === "running").length,
        ahead: others.filter((other) => other.status === "queued" && goesFirst(other)).length,
      };
    },
    previousOf: async (run) => {
      const before = siblings(run).findLast(({ number }) => number < run.number);
      return before === undefined ? null : { id: before.id, number: before.number };
    },
    parentOf: async (run) => {
      const parent = held(held(run.id)?.parentRunId ?? "");
      if (parent === undefined) return null;
      const { id, number, pipelineId, tasks } = parent;
      const task = tasks.find(({ attempts }) => attempts.some(({ jobId }) => jobId === run.id));
      return { id, number, pipelineId, taskId: task?.taskId ?? null };
    },
    revisions: async (runId, after) => {
      const rows = (held(runId)?.tasks ?? []).flatMap((task): RowRevision[] => {
        const { taskId, attempts } = task;
        return [
          { taskId, attempt: 0, revision: revisionOf(task) },
          ...attempts.map((each) => ({ taskId, attempt: each.number, revision: revisionOf(each) })),
        ];
      });
      return rows.filter(({ revision }) => revision > after);
    },
    someTasks: async (runId, taskIds) =>
      structuredClone(held(runId)?.tasks.filter(({ taskId }) => taskIds.includes(taskId)) ?? []),
    gridTasks: async (summaries) => {
      const shown = summaries.flatMap(({ id }) => held(id) ?? []);
      const cells = shown.flatMap(({ id, tasks }) =>
        tasks
          .filter(({ childOf }) => childOf === null)
          .map(({ startedAt, endedAt, ...task }) => ({
            ...task,
            runId: id,
            ms: startedAt === null || endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
          })),
      );
      const documents = [...shown]
        .reverse()
        .map(({ document }) => document.tasks.map((task) => task.task_id));
      return gridOf(
        summaries.map(({ id }) => id),
        cells,
        documents,
      );
    },
  };
}
