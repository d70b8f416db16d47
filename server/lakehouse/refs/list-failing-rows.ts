import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import { type QueryScope, TableInput } from "../lakehouse-scope";
import { resultExists, resultPath } from "../result-files";
import type { RowsView } from "../views";

const RESULT = "results.checks.rows";

export const ListFailingRowsInput = TableInput.extend({
  checkId: z.string().regex(/^[0-9a-f]{32}$/, "Write the id of a check"),
  limit: z.int().min(1).max(10_000).default(100),
  offset: z.int().min(0).default(0),
});

/** The rows that failed a check, for as long as its result is kept. */
export async function listFailingRows(
  scope: QueryScope,
  { checkId, limit, offset }: z.infer<typeof ListFailingRowsInput>,
): Promise<z.infer<typeof RowsView>> {
  requireRole(scope, "viewer");
  const path = resultPath(scope.resultsDir, scope.workspace.id, "checks", checkId);
  if (!(await resultExists(path))) {
    throw new Failure("not_found", "There is no such check, or its result is no longer kept.", {
      hint: "Run the check again.",
    });
  }
  const { columns, rows, truncated } = await scope.queryEngine.rows(
    `SELECT * FROM ${RESULT} LIMIT ${limit + 1} OFFSET ${offset}`,
    { tables: [{ name: RESULT, uris: [path] }], limit },
  );
  return { snapshotId: null, columns, rows, nextOffset: truncated ? offset + limit : null };
}
