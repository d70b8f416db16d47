import { z } from "zod";
import { SyncSummary, type SyncView } from "../../../domain/sources/sync-view";
import { requireRole } from "../../workspaces/index";
import { ownSync, type SourceScope } from "../source-scope";
import { toSyncSummary, toSyncView } from "./to-sync-view";

export const SyncIdInput = z.object({ syncId: z.string() });
export type SyncIdInput = z.infer<typeof SyncIdInput>;

/** A sync with its streams. */
export async function getSync(scope: SourceScope, { syncId }: SyncIdInput): Promise<SyncView> {
  requireRole(scope, "viewer");
  const sync = await ownSync(scope, syncId);
  const freshness = await scope.syncs.freshness(scope.workspace.id, sync.connection);
  return toSyncView(sync, freshness, scope.clock.now());
}

export const ListSyncsInput = z.object({
  /** Of one connection; of all where it is absent. */
  name: z.string().optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
export const ListSyncsResult = z.object({ items: z.array(SyncSummary), nextCursor: z.string().nullable() });

/** Syncs, newest first. */
export async function listSyncs(
  scope: SourceScope,
  { name, cursor, limit }: z.infer<typeof ListSyncsInput>,
): Promise<z.infer<typeof ListSyncsResult>> {
  requireRole(scope, "viewer");
  const found = await scope.syncs.syncs(scope.workspace.id, {
    connection: name,
    before: cursor ?? undefined,
    limit: limit + 1,
  });
  const items = found.slice(0, limit).map(toSyncSummary);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
