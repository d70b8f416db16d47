import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { type Rows, recordAudit, requireRole, type WorkspaceScope } from "../../workspaces/index";
import type { DraftStore } from "../drafts/draft-store";
import type { PipelineStore } from "../run-store";
import type { TriggerStore } from "../triggers/trigger-store";

export const ArchiveInput = z.object({ pipelineId: z.string().min(1) });

export const ArchiveResult = z.object({
  pipelineId: z.string(),
  isArchived: z.boolean(),
  /** How many back-fills that were under way are paused now. */
  pausedBackfills: z.int(),
});
type ArchiveResult = z.infer<typeof ArchiveResult>;

export const ListArchivedResult = z.array(
  z.object({
    pipelineId: z.string(),
    /** Its id, while there is only a draft. */
    name: z.string(),
    /** Null while there is only a draft. */
    version: z.int().nullable(),
    by: z.string(),
    at: z.date(),
  }),
);

export type ArchiveScope = WorkspaceScope<{
  store: Pick<PipelineStore, "archived" | "setArchived" | "pipelines">;
  drafts: Pick<DraftStore, "head">;
  triggers: Pick<TriggerStore, "backfills" | "moveBackfill">;
  /** For the audit log. */
  db: Rows;
}>;

const MOST_BACKFILLS = 1_000;

/**
 * Puts a pipeline away: nothing starts it, and lists leave it out. Its back-fills are paused; runs under way go on; runs,
 * versions and the draft are kept. Once it is so, nothing changes. Failures: `not_found`.
 */
export async function archivePipeline(
  scope: ArchiveScope,
  { pipelineId }: z.infer<typeof ArchiveInput>,
): Promise<ArchiveResult> {
  requireRole(scope, "engineer");
  const { id: workspaceId } = scope.workspace;
  await requirePipeline(scope, pipelineId);
  const mark = { by: scope.actor.name, at: scope.clock.now() };
  const changed = await scope.store.setArchived(workspaceId, pipelineId, mark);
  let pausedBackfills = 0;
  for (const { id, status } of await scope.triggers.backfills(workspaceId, pipelineId, MOST_BACKFILLS)) {
    if (status !== "running") continue;
    if (await scope.triggers.moveBackfill(id, ["running"], "paused", null)) pausedBackfills += 1;
  }
  if (changed) await recordAudit(scope, "pipeline.archived", pipelineId, { pausedBackfills });
  return { pipelineId, isArchived: true, pausedBackfills };
}

/** Brings a pipeline back. Its schedule counts from now; back-fills stay paused. Failures: `not_found`. */
export async function unarchivePipeline(
  scope: ArchiveScope,
  { pipelineId }: z.infer<typeof ArchiveInput>,
): Promise<ArchiveResult> {
  requireRole(scope, "engineer");
  await requirePipeline(scope, pipelineId);
  const mark = { by: null, at: scope.clock.now() };
  const changed = await scope.store.setArchived(scope.workspace.id, pipelineId, mark);
  if (changed) await recordAudit(scope, "pipeline.unarchived", pipelineId);
  return { pipelineId, isArchived: false, pausedBackfills: 0 };
}

/** Pipelines that were put away, the latest first; those without any version among them. */
export async function listArchived(scope: ArchiveScope): Promise<z.infer<typeof ListArchivedResult>> {
  requireRole(scope, "viewer");
  const { id: workspaceId } = scope.workspace;
  const archived = await scope.store.archived(workspaceId);
  if (archived.length === 0) return [];
  const saved = new Map((await scope.store.pipelines(workspaceId)).map((each) => [each.pipelineId, each]));
  return archived.map(({ pipelineId, by, at }) => {
    const { document, version = null } = saved.get(pipelineId) ?? {};
    return { pipelineId, name: document?.name ?? pipelineId, version, by, at };
  });
}

async function requirePipeline(scope: ArchiveScope, pipelineId: string): Promise<void> {
  if ((await scope.drafts.head(scope.workspace.id, pipelineId)) !== null) return;
  throw new Failure("not_found", `There is no pipeline ${pipelineId} in this workspace.`);
}
