import { z } from "zod";
import type { BackfillStatus, BackfillView } from "../../../domain/pipelines/backfill/backfill-view";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { getBackfill } from "./list-backfills";
import { activeVersion, ownBackfill, type TriggerScope } from "./trigger-scope";

export const BackfillIdInput = z.object({ backfillId: z.string() });

const CHANGES = {
  paused: { from: ["running"], audit: "backfill.paused" },
  running: { from: ["paused"], audit: "backfill.resumed" },
  cancelled: { from: ["running", "paused"], audit: "backfill.cancelled" },
} as const satisfies Partial<Record<BackfillStatus, { from: BackfillStatus[]; audit: string }>>;

/**
 * Pauses a back-fill (what is under way goes on), lets it go on, or ends it. Once it is so, nothing changes.
 * Failures: `not_found`, `conflict` where it has ended otherwise, or would go on and its pipeline is archived.
 */
export async function changeBackfill(
  scope: TriggerScope,
  { backfillId }: z.infer<typeof BackfillIdInput>,
  to: keyof typeof CHANGES,
): Promise<BackfillView> {
  requireRole(scope, "engineer");
  const { pipelineId } = await ownBackfill(scope, backfillId);
  if (to === "running") await activeVersion(scope, pipelineId);
  const { from, audit } = CHANGES[to];
  const endedAt = to === "cancelled" ? scope.clock.now() : null;
  const changed = await scope.triggers.moveBackfill(backfillId, from, to, endedAt);
  const now = await getBackfill(scope, { backfillId });
  if (changed) await recordAudit(scope, audit, pipelineId, { backfillId });
  else if (now.status !== to)
    throw new Failure("conflict", `This back-fill is ${now.status}: it cannot become ${to}.`);
  return now;
}

/** Ends a back-fill and each of its runs that goes on. Failures: as `changeBackfill`. */
export async function cancelBackfill(
  scope: TriggerScope & { cancelRun(runId: string): Promise<unknown> },
  input: z.infer<typeof BackfillIdInput>,
): Promise<BackfillView> {
  await changeBackfill(scope, input, "cancelled");
  for (const runId of await scope.triggers.openRunsOf(input.backfillId)) {
    await scope.cancelRun(runId).catch((error: unknown) => {
      // It has ended by itself in this moment.
      if (!(error instanceof Failure && error.code === "conflict")) throw error;
    });
  }
  return getBackfill(scope, input);
}
