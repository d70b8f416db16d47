import type { RunHead, RunSummary } from "../../../domain/pipelines/run-view";
import type { GridTask } from "../../../domain/pipelines/watch/run-grid";
import type { StoredTask } from "../run-store";

export type StoredHead = RunSummary & { workspaceId: string; priority: number };

/** Of a task's own row (`attempt` 0) or of one of its attempts. It grows with every change of that row. */
export type RowRevision = { taskId: string; attempt: number; revision: number };

/** What a page that watches runs reads, without the whole of them. */
export interface WatchStore {
  head(runId: string): Promise<StoredHead | null>;
  /** Null where the run does not wait to be let in. */
  queueOf(run: StoredHead): Promise<RunHead["queue"]>;
  previousOf(run: StoredHead): Promise<RunHead["previous"]>;
  /** Null where no task of another run started it. */
  parentOf(run: StoredHead): Promise<RunHead["parent"]>;
  /** Rows with a larger revision than `after`, in no order. */
  revisions(runId: string, after: number): Promise<RowRevision[]>;
  /** In no order; names that are not there are left out. */
  someTasks(runId: string, taskIds: readonly string[]): Promise<StoredTask[]>;
  /** Tasks of these runs (oldest first, of one pipeline): the newest run's in its document's order first. No children of maps. */
  gridTasks(runs: readonly RunSummary[], workspaceId: string): Promise<GridTask[]>;
}
