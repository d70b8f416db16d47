import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit } from "../../workspaces/index";
import type { ChangeScope, QueryScope } from "../lakehouse-scope";
import { type CheckSql, checkBranch } from "./check-branch";

/**
 * Runs the check of a branch that is to be published, and says what was checked. Failures: `conflict` (rows fail it),
 * which the audit log keeps.
 */
export async function passCheck(
  scope: ChangeScope & QueryScope,
  { name, branch, check }: { name: string; branch: string; check: z.infer<typeof CheckSql> },
): Promise<{ snapshotId: string; checkId: string }> {
  const { passed, failingRows, checkId, snapshotId } = await checkBranch(scope, { name, branch, sql: check });
  if (passed) return { snapshotId, checkId };
  await recordAudit(scope, "table.publication_refused", name, { branch, failingRows, checkId, snapshotId });
  throw new Failure("conflict", `${branch} is not published: ${counted(failingRows)} the check.`, {
    hint: `See them at /lakehouse/tables/${encodeURIComponent(name)}/checks/${checkId}.`,
  });
}

const counted = (rows: number): string =>
  rows === 1 ? "1 row fails" : `${rows.toLocaleString("en-US")} rows fail`;
