import type { TaskSockets, TaskWork } from "../task-executor";
import type { ExecutionStore } from "./execution-store";

const STEP = "before ";

/** Notes what a table holds before this task writes it, where a failure is to put that back. */
export async function rememberTable(
  work: TaskWork,
  { tableCatalog }: Pick<TaskSockets, "tableCatalog">,
  table: string,
): Promise<void> {
  const { task_level: policies = {} } = work.run.document.failure_handling ?? {};
  const taskId = work.key.taskId.replace(/\[\d+\]$/, "");
  if (policies[taskId] !== "rollback_to_previous") return;
  await work.step(`${STEP}${table}`, async () => ({
    snapshotId: (await tableCatalog.find(work.run.workspaceId, table))?.snapshotId ?? null,
  }));
}

/**
 * Puts back the tables that the task, or a map's children, wrote in this run. A table whose last writer was somebody else
 * stays: what they wrote is not this run's to take. Repeated, it finds nothing more to put back.
 */
export async function rollBackTask(
  {
    store,
    tableCatalog,
    lakeAdmin,
  }: Pick<TaskSockets, "tableCatalog" | "lakeAdmin"> & {
    store: Pick<ExecutionStore, "facts" | "taskSteps">;
  },
  runId: string,
  taskId: string,
): Promise<void> {
  const facts = await store.facts(runId);
  if (facts === null) return;
  const before = new Map<string, string | null>();
  // Oldest first: the first note of a table is what it held before the run.
  for (const { name, value } of await store.taskSteps(runId, taskId)) {
    const table = name.startsWith(STEP) ? name.slice(STEP.length) : null;
    if (table === null || before.has(table)) continue;
    before.set(table, (value as { snapshotId: string | null }).snapshotId);
  }
  for (const [table, snapshotId] of before) {
    const now = await tableCatalog.find(facts.workspaceId, table);
    if (now === null || now.writtenBy !== `run ${runId}` || now.snapshotId === snapshotId) continue;
    if (snapshotId === null) await lakeAdmin.drop(facts.workspaceId, table);
    else {
      const writtenBy = `rollback of run ${runId}`;
      await lakeAdmin.rollback(facts.workspaceId, table, { snapshotId, writtenBy });
    }
  }
}
