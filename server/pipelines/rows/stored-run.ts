import { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import { orderRunTasks } from "../../../domain/pipelines/watch/order-run-tasks";
import type { Db } from "../../workspaces/index";
import type { StoredRun } from "../run-store";
import { toSummary } from "../to-summary";
import { readTasks } from "./read-tasks";

/** A run with its document, its tasks and their attempts. */
export async function readStoredRun(db: Db, runId: string): Promise<StoredRun | null> {
  const row = await db.run.findUnique({ where: { id: runId } });
  if (row === null) return null;
  const { workspaceId, pipelineId, pipelineVersion: version, priority } = row;
  const [saved, tasks] = await Promise.all([
    db.pipelineVersion.findUniqueOrThrow({
      where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
    }),
    readTasks(db, runId, null),
  ]);
  const document = PipelineDocument.parse(saved.document);
  return {
    ...toSummary(row),
    workspaceId,
    document,
    priority,
    tasks: orderRunTasks(
      tasks,
      document.tasks.map(({ task_id }) => task_id),
    ),
  };
}
