import { z } from "zod";
import type { BackfillView, RunDay } from "../../../domain/pipelines/backfill/backfill-view";
import { ZoneName } from "../../../domain/pipelines/schedule/zone-name";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { PipelineIdInput } from "./get-schedule";
import { ownBackfill, type TriggerScope } from "./trigger-scope";

const SHOWN = 50;
const LONGEST_RANGE_MS = 5 * 366 * 24 * 60 * 60_000;

type ReadScope = Omit<TriggerScope, "db">;

/** The last fifty of a pipeline, newest first, with the states of their runs. */
export async function listBackfills(
  scope: ReadScope,
  { pipelineId }: z.infer<typeof PipelineIdInput>,
): Promise<BackfillView[]> {
  requireRole(scope, "viewer");
  const found = await scope.triggers.backfills(scope.workspace.id, pipelineId, SHOWN);
  const runs = await scope.triggers.backfillRuns(found.map((each) => each.id));
  return found.map((each) => ({ ...each, runs: runs.get(each.id) ?? {} }));
}

export async function getBackfill(
  scope: TriggerScope,
  { backfillId }: { backfillId: string },
): Promise<BackfillView> {
  requireRole(scope, "viewer");
  const backfill = await ownBackfill(scope, backfillId);
  const runs = await scope.triggers.backfillRuns([backfillId]);
  return { ...backfill, runs: runs.get(backfillId) ?? {} };
}

export const RunDaysInput = z.object({
  pipelineId: z.string(),
  from: z.coerce.date(),
  until: z.coerce.date(),
  timeZone: ZoneName.default("UTC"),
});

/** How the runs of each day ended, by the fire time that they stand for; at most five years. */
export async function runDays(
  { triggers, workspace, role }: ReadScope,
  { pipelineId, ...range }: z.infer<typeof RunDaysInput>,
): Promise<RunDay[]> {
  requireRole({ role }, "viewer");
  if (range.until.getTime() - range.from.getTime() > LONGEST_RANGE_MS)
    throw new Failure("invalid_input", "The range is longer than five years.");
  return triggers.runDays(workspace.id, pipelineId, range);
}
