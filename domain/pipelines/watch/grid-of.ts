import type { RunStatus } from "../../shared/run-status";
import type { GridTask } from "./run-grid";

export type GridCell = {
  runId: string;
  taskId: string;
  type: string;
  status: RunStatus;
  reused: boolean;
  /** From start to end; null where one is missing. */
  ms: number | null;
};

/**
 * Cells as rows of a grid with a column for each of `runIds`. Rows come in the order of `documents`: the first one's tasks,
 * then what only later ones have. A task that has not ended has no duration.
 */
export function gridOf(
  runIds: readonly string[],
  cells: readonly GridCell[],
  documents: readonly (readonly string[])[],
): GridTask[] {
  const columns = new Map(runIds.map((id, column) => [id, column]));
  const empty = () => runIds.map(() => null);
  const rows = new Map<string, GridTask>();
  for (const taskId of documents.flat())
    if (!rows.has(taskId)) rows.set(taskId, { taskId, type: "", states: empty(), ms: empty() });
  for (const { runId, taskId, type, status, reused, ms } of cells) {
    const row = rows.get(taskId);
    const column = columns.get(runId);
    if (row === undefined || column === undefined) continue;
    row.type = type;
    row.states[column] = reused && status === "succeeded" ? "reused" : status;
    row.ms[column] = ms;
  }
  return [...rows.values()].filter(({ type }) => type !== "");
}
