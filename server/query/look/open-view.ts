import { z } from "zod";
import { ResultView } from "../../../domain/query/result-view";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";

export const ViewId = z.string().regex(/^[0-9a-f]{32}$/);
export const OpenViewInput = RunInput.extend({ view: ResultView });
export const OpenViewResult = z.object({ viewId: ViewId, rows: z.number() });

/** Sorts, filters or searches a result that is complete; its rows are then read by the view's id. */
export async function openView(
  scope: QueryScope,
  _input: z.infer<typeof OpenViewInput>,
  _signal?: AbortSignal,
): Promise<z.infer<typeof OpenViewResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
