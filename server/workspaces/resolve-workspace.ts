import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import type { TokenIdentity } from "./find-token";
import type { Actor } from "./scope";
import { type Db, membershipRole, type WorkspaceRow, workspaceBySlug } from "./store";

const unknown = (slug: string) =>
  new Failure("not_found", `There is no workspace "${slug}" that you can see.`, {
    hint: "Check the address, or ask an admin of the workspace for an invitation.",
  });

/**
 * The workspace with this slug, as this person or token may see it.
 *
 * Failures: `unauthenticated`; `not_found` for a stranger too, who does not learn whether it exists.
 */
export async function resolveWorkspace(
  scope: { db: Db; clock: Clock },
  slug: string,
  person: Actor | null,
  token: TokenIdentity | null,
): Promise<{ workspace: WorkspaceRow; role: Role; actor: Actor }> {
  if (token !== null) {
    if (token.workspace.slug !== slug) throw unknown(slug);
    return {
      workspace: token.workspace,
      role: token.role,
      actor: { id: `token:${token.id}`, name: token.name },
    };
  }
  if (person === null) throw new Failure("unauthenticated", "Sign in first.");
  const workspace = await workspaceBySlug(scope.db, slug);
  const role = workspace === null ? null : await membershipRole(scope.db, workspace.id, person.id);
  if (workspace === null || role === null) throw unknown(slug);
  return { workspace, role, actor: { id: person.id, name: person.name } };
}
