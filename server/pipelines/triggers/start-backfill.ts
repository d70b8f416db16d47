import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type BackfillPreview,
  type BackfillView,
  BackfillWhich,
} from "../../../domain/pipelines/backfill/backfill-view";
import { fireState, isToMake } from "../../../domain/pipelines/backfill/choose-fires";
import { ZoneName } from "../../../domain/pipelines/schedule/zone-name";
import { cronWords } from "../../../domain/shared/cron";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { keyedId } from "../keyed-id";
import { firesOfRange } from "./fires-of-range";
import { backfillTimes } from "./tick-backfills";
import { activeVersion, ownBackfill, type TriggerScope } from "./trigger-scope";

const SHOWN_FIRES = 200;

export const BackfillInput = z.object({
  pipelineId: z.string(),
  from: z.coerce.date(),
  /** The first moment that is no longer part of it. */
  until: z.coerce.date(),
  /** Times of its own; without it the schedule's. */
  cron: z.string().min(1).max(200).optional(),
  timeZone: ZoneName.optional(),
  which: BackfillWhich.default("all"),
  newestFirst: z.boolean().default(false),
});

export const StartBackfillInput = BackfillInput.extend({
  /** Its runs at the same time, at most; the pipeline's own limit holds too. */
  parallel: z.int().min(1).max(100).default(1),
  /** Equal keys start one back-fill. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});

type Input = z.infer<typeof BackfillInput>;

/** What a back-fill would make. Failures: `invalid_input`, `not_found`, `conflict` where only a draft is there. */
export async function previewBackfill(scope: TriggerScope, input: Input): Promise<BackfillPreview> {
  requireRole(scope, "viewer");
  const { fires, times, version } = await plan(scope, input);
  const statuses = await scope.triggers.fireStatuses(
    scope.workspace.id,
    input.pipelineId,
    input.from,
    input.until,
  );
  const states = fires.map((fire) => fireState(statuses.get(fire.getTime()) ?? []));
  const toMake = fires.filter((_fire, index) => isToMake(input.which, states[index] ?? "none"));
  const count = (state: (typeof states)[number]) => states.filter((each) => each === state).length;
  return {
    total: fires.length,
    toMake: toMake.length,
    succeeded: count("succeeded"),
    failed: count("failed"),
    underWay: count("under_way"),
    fires: toMake.slice(0, SHOWN_FIRES),
    timeZone: times.time_zone ?? "UTC",
    words: cronWords(times),
    pipelineVersion: version,
  };
}

/** Starts a back-fill; the worker makes its runs. Failures: as `previewBackfill`, and where no fire time is in the range. */
export async function startBackfill(
  scope: TriggerScope,
  { idempotencyKey, parallel, ...input }: z.infer<typeof StartBackfillInput>,
): Promise<BackfillView> {
  requireRole(scope, "engineer");
  const { fires, times, version } = await plan(scope, input);
  if (fires.length === 0) {
    throw new Failure("invalid_input", "No fire time lies in this range.", { hint: cronWords(times) });
  }
  const workspaceId = scope.workspace.id;
  const { pipelineId, from, until, which, newestFirst } = input;
  const id =
    idempotencyKey === undefined
      ? randomUUID()
      : keyedId(workspaceId, "backfill", pipelineId, idempotencyKey);
  await scope.triggers.createBackfill({
    id,
    workspaceId,
    pipelineId,
    pipelineVersion: version,
    from,
    until,
    cron: input.cron ?? null,
    timeZone: times.time_zone ?? "UTC",
    status: "running",
    parallel,
    newestFirst,
    which,
    total: fires.length,
    made: 0,
    createdBy: scope.actor.name,
    createdAt: scope.clock.now(),
    endedAt: null,
  });
  await recordAudit(scope, "backfill.started", pipelineId, { backfillId: id, fireTimes: fires.length });
  return { ...(await ownBackfill(scope, id)), runs: {} };
}

async function plan(scope: TriggerScope, input: Input) {
  const { runnable } = await activeVersion(scope, input.pipelineId);
  const { cron, timeZone } = input;
  if (cron === undefined && runnable.schedule === null) {
    throw new Failure("invalid_input", `${input.pipelineId} has no schedule.`, {
      hint: "Say with a cron which times the runs stand for, for example 0 2 * * *.",
    });
  }
  const times = backfillTimes({ cron: cron ?? null, timeZone: timeZone ?? "UTC" }, runnable);
  return { fires: await firesOfRange(times, input), times, version: runnable.version };
}
