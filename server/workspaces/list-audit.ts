import { z } from "zod";
import { requireRole, type WorkspaceScope } from "./scope";
import { auditPage, type Db } from "./store";

export const ListAuditInput = z.object({
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListAuditInput = z.infer<typeof ListAuditInput>;

export type AuditLine = {
  id: string;
  at: Date;
  actorName: string;
  action: string;
  target: string;
  detail: Record<string, unknown>;
};

/** What was done in this workspace, newest first. */
export async function listAudit(
  scope: WorkspaceScope<{ db: Db }>,
  { cursor, limit }: ListAuditInput,
): Promise<{ items: AuditLine[]; nextCursor: string | null }> {
  requireRole(scope, "admin");
  const rows = await auditPage(
    scope.db,
    scope.workspace.id,
    cursor == null ? null : BigInt(cursor),
    limit + 1,
  );
  const items = rows.slice(0, limit).map(({ id, at, actorName, action, target, detail }) => ({
    id: String(id),
    at,
    actorName,
    action,
    target,
    detail: typeof detail === "object" && detail !== null && !Array.isArray(detail) ? detail : {},
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
