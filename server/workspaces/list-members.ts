import { requireRole, type WorkspaceScope } from "./scope";
import { type Db, type Member, membersOf } from "./store";

/** Members, longest-standing first. */
export async function listMembers(scope: WorkspaceScope<{ db: Db }>): Promise<Member[]> {
  requireRole(scope, "viewer");
  return membersOf(scope.db, scope.workspace.id);
}
