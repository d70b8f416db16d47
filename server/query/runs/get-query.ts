import type { z } from "zod";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { type QueryRunView, RunInput } from "../views";
import { visibleRun } from "./own-run";
import { toView } from "./to-view";

export const GetQueryInput = RunInput;

/** One run of a statement. A person sees their own, an engineer every one. Failures: `not_found`. */
export async function getQuery(
  scope: QueryScope,
  { id }: z.infer<typeof GetQueryInput>,
): Promise<QueryRunView> {
  requireRole(scope, "viewer");
  return toView(scope, await visibleRun(scope, id));
}
