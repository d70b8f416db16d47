import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { type QueryRunView, RunInput } from "../views";

export const GetQueryInput = RunInput;

/** One run of a statement. A person sees their own, an engineer every one. Failures: `not_found`. */
export async function getQuery(
  scope: QueryScope,
  _input: z.infer<typeof GetQueryInput>,
): Promise<QueryRunView> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
