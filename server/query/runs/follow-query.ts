import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { type QueryRunView, RunInput } from "../views";

export const FollowQueryInput = RunInput;

/** The run now and after every change, at most ten times a second, until it has ended or `signal` aborts. */
// biome-ignore lint/correctness/useYield: to be built
export async function* followQuery(
  scope: QueryScope,
  _input: z.infer<typeof FollowQueryInput>,
  _signal: AbortSignal,
): AsyncGenerator<QueryRunView> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
