import { z } from "zod";
import type { Cell } from "../../../domain/ports/rows";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";
import { ViewId } from "./open-view";

export const AskResultInput = RunInput.extend({
  viewId: ViewId.optional(),
  /** As domain/query/compile makes it: a SELECT over the table `result`. */
  sql: z.string().min(1).max(1_000_000),
});
export const AskResultResult = z.object({ rows: z.array(z.array(z.custom<Cell>())) });

/** Asks a result that is complete: a profile, the points of a chart. */
export async function askResult(
  scope: QueryScope,
  _input: z.infer<typeof AskResultInput>,
  _signal?: AbortSignal,
): Promise<z.infer<typeof AskResultResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
