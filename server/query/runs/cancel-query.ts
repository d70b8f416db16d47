import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { QueryRunView, RunInput } from "../views";
import { ownRun, visibleRun } from "./own-run";

export const CancelQueryInput = RunInput;
export const CancelQueryResult = QueryRunView.pick({ id: true, status: true });

/** Stops a statement in its engine. One that has ended stays as it ended. */
export async function cancelQuery(
  scope: QueryScope,
  { id }: z.infer<typeof CancelQueryInput>,
): Promise<z.infer<typeof CancelQueryResult>> {
  requireRole(scope, "viewer");
  await ownRun(scope, id);
  await scope.running.stop(id, new Failure("cancelled", `${scope.actor.name} cancelled the statement.`));
  const { status } = await visibleRun(scope, id);
  return { id, status };
}
