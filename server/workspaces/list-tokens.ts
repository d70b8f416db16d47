import { requireRole, type WorkspaceScope } from "./scope";
import { type ApiTokenView, type Db, tokensOf } from "./store";

/** Tokens that work, newest first, without their text. */
export async function listTokens(scope: WorkspaceScope<{ db: Db }>): Promise<ApiTokenView[]> {
  requireRole(scope, "admin");
  return tokensOf(scope.db, scope.workspace.id);
}
