import { z } from "zod";
import { EngineName } from "../../../domain/query/dialect";
import { QueryStatus } from "../../../domain/query/query-run";
import { Failure } from "../../../domain/shared/failure";
import { roleAtLeast } from "../../../domain/workspaces/role-at-least";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { recoverOnce } from "../running/recover";
import { QueryRunItem } from "../views";
import { toItem } from "./to-view";

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
  { limit, cursor, everybody, search, status, ranOn }: z.infer<typeof ListQueriesInput>,
): Promise<z.infer<typeof ListQueriesResult>> {
  requireRole(scope, "viewer");
  await recoverOnce(scope);
  const seesAll = everybody && roleAtLeast(scope.role, "engineer");
  const found = await scope.store.runs(scope.workspace.id, {
    ...(seesAll ? {} : { createdById: scope.actor.id }),
    search,
    status,
    engine: ranOn,
    limit: limit + 1,
    before: readCursor(cursor),
  });
  const items = found.slice(0, limit).map((run) => toItem(scope, run));
  const last = items.at(-1);
  const isMore = found.length > limit && last !== undefined;
  return { items, nextCursor: isMore ? `${last.createdAt.getTime()}.${last.id}` : null };
}

function readCursor(cursor: string | undefined): { createdAt: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [, ms, id] = /^(\d{1,15})\.(.+)$/.exec(cursor) ?? [];
  if (ms === undefined || id === undefined)
    throw new Failure("invalid_input", "The cursor is not one of this list.", {
      errors: [{ pointer: "/cursor", message: "This is no cursor." }],
    });
  return { createdAt: new Date(Number(ms)), id };
}
