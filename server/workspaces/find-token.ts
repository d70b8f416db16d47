import type { Clock } from "../../domain/shared/clock";
import type { Role } from "../../domain/workspaces/role";
import { hashSecretToken } from "./secret-token";
import { type Db, liveTokenByHash, touchToken, type WorkspaceRow, workspaceById } from "./store";

export type TokenIdentity = { id: string; name: string; role: Role; workspace: WorkspaceRow };

const TOUCH_INTERVAL_MS = 60_000;

/** Whose token this is, or null where it is unknown or revoked. Notes its use, at most once a minute. */
export async function findToken(
  scope: { db: Db; clock: Clock },
  token: string,
): Promise<TokenIdentity | null> {
  if (!token.startsWith("bw_")) return null;
  const found = await liveTokenByHash(scope.db, hashSecretToken(token));
  if (found === null) return null;
  const workspace = await workspaceById(scope.db, found.workspaceId);
  if (workspace === null) return null;
  const now = scope.clock.now();
  if (found.lastUsedAt === null || now.getTime() - found.lastUsedAt.getTime() > TOUCH_INTERVAL_MS) {
    await touchToken(scope.db, found.id, now);
  }
  return { id: found.id, name: found.name, role: found.role, workspace };
}
