import { z } from "zod";
import type { Cell } from "../../../domain/ports/rows";
import { withinView } from "../../../domain/query/compile/compile-view";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";
import { completeResult, keptView, readerOf } from "./kept-result";
import { ViewId } from "./open-view";

const TIME_LIMIT_MS = 120_000;

export const AskResultInput = RunInput.extend({
  viewId: ViewId.optional(),
  /** As domain/query/compile makes it: a SELECT over the table `result`. */
  sql: z.string().min(1).max(1_000_000),
});
export const AskResultResult = z.object({ rows: z.array(z.array(z.custom<Cell>())) });

/** Asks a result that is complete: a profile, the points of a chart. The reader reaches nothing but the result. */
export async function askResult(
  scope: QueryScope,
  { id, viewId, sql }: z.infer<typeof AskResultInput>,
  signal?: AbortSignal,
): Promise<z.infer<typeof AskResultResult>> {
  requireRole(scope, "viewer");
  const { folder, columns } = await completeResult(scope, id);
  const view = viewId === undefined ? null : (await keptView(folder, viewId)).view;
  const rows = await readerOf(scope).rows({ result: folder }, withinView(sql, view, columns), {
    ...(signal === undefined ? {} : { signal }),
    timeoutMs: TIME_LIMIT_MS,
  });
  return { rows };
}
