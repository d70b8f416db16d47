import type { Actor } from "./scope";
import { type AuditRecord, insertAudit, type Rows } from "./store";

export type AuditScope = { db: Rows; actor: Actor; workspace: { id: string } | null };

/**
 * Writes one line of the audit log: who (`scope.actor`) did what (`pipeline.saved`) to what (a name or id). `detail`
 * holds no secret. Pass `{ ...scope, db: tx }` to write it in the transaction of the act itself.
 */
export async function recordAudit(
  scope: AuditScope,
  action: string,
  target: string,
  detail: AuditRecord["detail"] = {},
): Promise<void> {
  await insertAudit(scope.db, {
    workspaceId: scope.workspace?.id ?? null,
    actor: scope.actor.id,
    actorName: scope.actor.name,
    action,
    target,
    detail,
  });
}
