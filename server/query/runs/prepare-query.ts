import { z } from "zod";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { understandStatement } from "../understand/understand-statement";
import { BrowserFacts, type PreparedView, StatementFields } from "../views";
import { writeTarget } from "../writes/write-target";

export const PrepareQueryInput = z.object({ ...StatementFields, browser: BrowserFacts.optional() });

/** What a statement is and reads, where it would run and why, and how that engine is asked; it is not run. */
export async function prepareQuery(
  scope: QueryScope,
  input: z.infer<typeof PrepareQueryInput>,
  signal?: AbortSignal,
): Promise<PreparedView> {
  requireRole(scope, "viewer");
  const { prepared, placement, offers, origins, reads } = await understandStatement(scope, input, signal);
  const { kind, sql, isOrdered, write } = prepared;
  const target = write === null ? null : await writeTarget(scope, write);
  return {
    kind,
    placement,
    engines: offers,
    sql,
    origins,
    isOrdered,
    reads: reads.map(({ table, as, snapshotId, rows, bytes }) => ({ table, as, snapshotId, rows, bytes })),
    write: target === null ? null : { table: target.table, mode: target.mode },
  };
}
