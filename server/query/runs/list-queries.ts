import { z } from "zod";
import { EngineName } from "../../../domain/query/dialect";
import { QueryStatus } from "../../../domain/query/query-run";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { QueryRunItem } from "../views";

export const ListQueriesInput = z.object({
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  /** Of everybody, for engineers; only one's own otherwise. */
  everybody: z.boolean().default(false),
  /** In the text of the statement, whatever the case. */
  search: z.string().max(1_000).optional(),
  status: QueryStatus.optional(),
  ranOn: EngineName.optional(),
});
export const ListQueriesResult = z.object({
  items: z.array(QueryRunItem),
  nextCursor: z.string().nullable(),
});

/** The history of statements, newest first. */
export async function listQueries(
  scope: QueryScope,
  _input: z.infer<typeof ListQueriesInput>,
): Promise<z.infer<typeof ListQueriesResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
