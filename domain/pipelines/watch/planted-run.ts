import type { RunView, TaskView } from "../run-view";

/** A task of a test's run: queued, of one attempt at most, that read and wrote nothing. */
export const plantedTask = (taskId: string, more: Partial<TaskView> = {}): TaskView => ({
  taskId,
  type: "sql_execute",
  childOf: null,
  dependsOn: [],
  status: "queued",
  reused: false,
  because: null,
  waits: null,
  inputs: [],
  maxAttempts: 1,
  outputs: {},
  startedAt: null,
  endedAt: null,
  attempts: [],
  ...more,
});

/** A test's run: the first of its pipeline, started by hand and under way. */
export const plantedRun = (more: Partial<RunView> = {}): RunView => ({
  id: "r",
  number: 1,
  pipelineId: "p",
  pipelineVersion: 1,
  status: "running",
  startedBy: "Ada",
  rerunOf: null,
  trigger: "manual",
  scheduledFor: null,
  parameters: {},
  error: null,
  warning: null,
  createdAt: new Date(0),
  startedAt: null,
  endedAt: null,
  queue: null,
  previous: null,
  parent: null,
  tasks: [],
  ...more,
});
