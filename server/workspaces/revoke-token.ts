import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit } from "./record-audit";
import { requireRole, type WorkspaceScope } from "./scope";
import { type Db, revokeTokenRow } from "./store";

export const RevokeTokenInput = z.object({ id: z.string().min(1) });
export type RevokeTokenInput = z.infer<typeof RevokeTokenInput>;

/** Works from the next request on. Failures: `forbidden`, `not_found`. */
export async function revokeToken(
  scope: WorkspaceScope<{ db: Db }>,
  { id }: RevokeTokenInput,
): Promise<void> {
  requireRole(scope, "admin");
  const revoked = await revokeTokenRow(scope.db, scope.workspace.id, id, scope.clock.now());
  if (!revoked) throw new Failure("not_found", "There is no such token, or it is revoked already.");
  await recordAudit(scope, "token.revoked", id);
}
