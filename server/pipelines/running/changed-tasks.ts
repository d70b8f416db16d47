import { createHash } from "node:crypto";
import type { TableCatalog } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";
import type { StoredRun, TaskSources } from "../run-store";
import type { TaskInput } from "./execution-store";
import { fillTask } from "./fill-task";

type Sockets = { sources: TaskSources; tableCatalog: TableCatalog };

/**
 * Tasks of an ended run that would read something else now than when they succeeded: another config, table, saved query or
 * code. A task of which it is not known what it read counts as one of them.
 */
export async function changedTasks(
  sockets: Sockets,
  run: StoredRun,
  inputs: ReadonlyMap<string, readonly TaskInput[]>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const task of run.document.tasks) {
    const stored = run.tasks.find(({ taskId }) => taskId === task.task_id);
    if (stored?.status !== "succeeded") continue;
    const read = inputs.get(task.task_id) ?? [];
    const same = await Promise.all(
      read.map(async (input) => (await versionNow(sockets, run, input)) === input.version),
    );
    if (read.length === 0 || same.includes(false)) changed.push(task.task_id);
  }
  return changed;
}

async function versionNow(
  { sources, tableCatalog }: Sockets,
  run: StoredRun,
  { kind, name }: TaskInput,
): Promise<string | null> {
  switch (kind) {
    case "table":
      return (await tableCatalog.find(run.workspaceId, name))?.snapshotId ?? null;
    case "query": {
      const saved = await sources.savedQuery(run.workspaceId, name);
      return saved === null ? null : createHash("sha256").update(saved.sql).digest("hex");
    }
    case "code":
      return (await sources.codePackage(run.workspaceId, name))?.contentHash ?? null;
    case "config":
      return configNow(run, name);
  }
}

/** What the config comes to with what the tasks before it gave. Null where it has no value. */
async function configNow(run: StoredRun, taskId: string): Promise<string | null> {
  const task = run.document.tasks.find(({ task_id }) => task_id === taskId);
  if (task === undefined) return null;
  const known = new Map(run.tasks.map((each) => [each.taskId, each.outputs]));
  const given = async (ids: string[]) => new Map(ids.map((id) => [id, known.get(id) ?? {}]));
  try {
    return (await fillTask(task, run, undefined, given)).configInput.version;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
