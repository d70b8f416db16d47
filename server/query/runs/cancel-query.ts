import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { QueryRunView, RunInput } from "../views";

export const CancelQueryInput = RunInput;
export const CancelQueryResult = QueryRunView.pick({ id: true, status: true });

/** Stops a statement in its engine. One that has ended stays as it ended. */
export async function cancelQuery(
  scope: QueryScope,
  _input: z.infer<typeof CancelQueryInput>,
): Promise<z.infer<typeof CancelQueryResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
