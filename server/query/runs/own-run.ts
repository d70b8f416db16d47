import { Failure } from "../../../domain/shared/failure";
import { roleAtLeast } from "../../../domain/workspaces/role-at-least";
import type { QueryScope } from "../query-scope";
import type { StoredRun } from "../query-store";
import { recoverOnce } from "../running/recover";

const unknown = (id: string) => new Failure("not_found", `There is no statement ${id} that you can see.`);

/** A run that this person may see: their own, and for an engineer everybody's. Failures: `not_found`. */
export async function visibleRun(scope: QueryScope, id: string): Promise<StoredRun> {
  await recoverOnce(scope);
  const run = scope.running.find(id) ?? (await scope.store.run(scope.workspace.id, id));
  if (run === null || run.workspaceId !== scope.workspace.id) throw unknown(id);
  if (run.createdById === scope.actor.id || roleAtLeast(scope.role, "engineer")) return run;
  throw unknown(id);
}

/** A run that this person may stop and forget: their own, and for an admin everybody's. Failures: `not_found`, `forbidden`. */
export async function ownRun(scope: QueryScope, id: string): Promise<StoredRun> {
  const run = await visibleRun(scope, id);
  if (run.createdById === scope.actor.id || roleAtLeast(scope.role, "admin")) return run;
  throw new Failure("forbidden", `This statement is ${run.createdBy}'s; you can look at it alone.`, {
    hint: "Ask them, or an admin of this workspace.",
  });
}
