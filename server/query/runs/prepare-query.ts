import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { BrowserFacts, type PreparedView, StatementFields } from "../views";

export const PrepareQueryInput = z.object({ ...StatementFields, browser: BrowserFacts.optional() });

/** What a statement is and reads, where it would run and why, and how that engine is asked; it is not run. */
export async function prepareQuery(
  scope: QueryScope,
  _input: z.infer<typeof PrepareQueryInput>,
  _signal?: AbortSignal,
): Promise<PreparedView> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
