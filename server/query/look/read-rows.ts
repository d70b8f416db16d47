import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import type { StreamedAnswer } from "../../http-api/streamed-answer";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";
import { ViewId } from "./open-view";

export const ReadRowsInput = RunInput.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000_000).default(1_000),
  view: ViewId.optional(),
});

/** Rows around `offset` as an Arrow IPC stream; `X-First-Row` says which is the first, `X-Rows-Kept` how many there are. */
export async function readRows(
  scope: QueryScope,
  _input: z.infer<typeof ReadRowsInput>,
): Promise<StreamedAnswer> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
