import { z } from "zod";
import { describePlan } from "../../domain/lakehouse/describe-plan";
import { MAINTENANCE_ACTIONS } from "../../domain/ports/lake-admin";
import { recordAudit, requireRole } from "../workspaces/index";
import { type ChangeScope, TableInput } from "./lakehouse-scope";
import type { PlanView } from "./views";

const Options = z.record(z.string().max(64), z.union([z.string(), z.number(), z.boolean()]));

export const MaintainTableInput = TableInput.extend({
  action: z.enum(MAINTENANCE_ACTIONS),
  options: Options.optional(),
  /** True shows the plan and changes nothing. */
  dryRun: z.boolean().default(true),
  /** The plan to carry out, as it was shown; without one, what a new plan says. */
  planId: z.string().max(200).optional(),
});

/** Plans an upkeep, or carries it out. A writer that commits meanwhile wins. */
export async function maintainTable(
  scope: ChangeScope,
  { name, action, options, dryRun, planId }: z.infer<typeof MaintainTableInput>,
): Promise<z.infer<typeof PlanView>> {
  requireRole(scope, "engineer");
  const { lakeAdmin, workspace, actor } = scope;
  const wanted = { action, ...(options === undefined ? {} : { options }) };
  if (dryRun) {
    const plan = await lakeAdmin.plan(workspace.id, name, wanted);
    return { ...plan, words: describePlan(plan), executed: false, snapshotId: null };
  }
  const named = planId === undefined ? {} : { planId };
  const done = await lakeAdmin.execute(workspace.id, name, { ...wanted, ...named, writtenBy: actor.name });
  const { filesIn, filesOut, bytesIn, bytesOut, files, snapshotIds, snapshotId } = done;
  await recordAudit(scope, `table.${action}`, name, {
    filesIn,
    filesOut,
    bytesIn,
    bytesOut,
    filesRemoved: files.length,
    snapshotsExpired: snapshotIds.length,
    snapshotId,
  });
  return { ...done, words: describePlan(done) };
}
