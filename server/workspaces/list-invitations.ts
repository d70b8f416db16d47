import { requireRole, type WorkspaceScope } from "./scope";
import { type Db, type OpenInvitation, openInvitations } from "./store";

/** Invitations that nobody has accepted yet and that still work, newest first. */
export async function listInvitations(scope: WorkspaceScope<{ db: Db }>): Promise<OpenInvitation[]> {
  requireRole(scope, "admin");
  return openInvitations(scope.db, scope.workspace.id, scope.clock.now());
}
