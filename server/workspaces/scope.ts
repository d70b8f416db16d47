import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import { roleAtLeast } from "../../domain/workspaces/role-at-least";

/** Who acts: `id` is a user id, `token:<id>` or `system`. */
export type Actor = { id: string; name: string };

/** What every verb gets first: where it acts, for whom, with which rights, and the sockets it asked for. */
export type WorkspaceScope<Sockets = object> = {
  workspace: { id: string; slug: string; name: string };
  role: Role;
  actor: Actor;
  clock: Clock;
} & Sockets;

/** Failures: `forbidden` where the actor's role is below `needed`. */
export function requireRole(scope: { role: Role }, needed: Role): void {
  if (roleAtLeast(scope.role, needed)) return;
  throw new Failure("forbidden", `This needs the role ${needed}; yours is ${scope.role}.`, {
    hint: "Ask an admin of this workspace for the role.",
  });
}
