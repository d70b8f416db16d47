import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import { type QueryScope, RefName, TableInput } from "../lakehouse-scope";
import { pinStatement } from "../pin-statement";
import { keepResult, resultId, resultPath } from "../result-files";
import { CellView, ColumnView } from "../views";

const TIME_LIMIT_MS = 10 * 60_000;
const FIRST_ROWS = 20;
const RESULT = "results.checks.rows";

/** A SELECT that returns the rows that must not be: none means that the check passes. */
export const CheckSql = z.string().min(1).max(100_000);

export const CheckBranchInput = TableInput.extend({ branch: RefName, sql: CheckSql });

export const CheckBranchResult = z.object({
  checkId: z.string(),
  branch: z.string(),
  /** Where the branch was when it was checked. */
  snapshotId: z.string(),
  passed: z.boolean(),
  failingRows: z.int(),
  columns: z.array(ColumnView),
  /** The first of them; all are read by the check's id. */
  rows: z.array(z.array(CellView)),
});

/** Runs a check as readers would see the table if the branch were published, and keeps the rows that fail it. */
export async function checkBranch(
  scope: QueryScope,
  { name, branch, sql }: z.infer<typeof CheckBranchInput>,
): Promise<z.infer<typeof CheckBranchResult>> {
  requireRole(scope, "analyst");
  const { lakeAdmin, queryEngine, workspace, clock, resultsDir } = scope;
  const table = await lakeAdmin.describe(workspace.id, name);
  const ref = table.refs.find((each) => each.type === "branch" && each.name === branch);
  if (ref === undefined) throw new Failure("not_found", `${table.name} has no branch ${branch}.`);
  const { snapshotId } = ref;
  const heads = { [table.name]: snapshotId };
  const pinned = await pinStatement(scope, { sql, workspaceId: workspace.id, now: clock.now(), heads });
  const checkId = resultId([table.tableId, pinned]);
  const path = resultPath(resultsDir, workspace.id, "checks", checkId);
  await keepResult(path, (target) =>
    queryEngine.writeParquet(pinned.sql, target, { tables: pinned.tables, timeoutMs: TIME_LIMIT_MS }),
  );
  const tables = [{ name: RESULT, uris: [path] }];
  const counted = await queryEngine.rows(`SELECT count(*) FROM ${RESULT}`, { tables, limit: 1 });
  const failingRows = Number(counted.rows[0]?.[0] ?? 0);
  const { columns, rows } = await queryEngine.rows(`SELECT * FROM ${RESULT}`, { tables, limit: FIRST_ROWS });
  return { checkId, branch, snapshotId, passed: failingRows === 0, failingRows, columns, rows };
}
