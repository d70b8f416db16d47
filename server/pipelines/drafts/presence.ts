import { z } from "zod";
import { requireRole } from "../../workspaces/index";
import { type DraftScope, headOf } from "./draft-scope";
import { PipelineIdInput } from "./get-draft";

/** A page says every few seconds that it is open; after this long without a word it is not. */
const GONE_MS = 15_000;

export const HeartbeatInput = PipelineIdInput.extend({
  /** One page of one person, made up by it. */
  sessionId: z.string().min(8).max(100),
  selectedTask: z.string().max(64).nullish(),
  /** The page closes. */
  leaves: z.boolean().optional(),
});
/** Who else has the pipeline open, and the revision that is stored: a larger one than one's own is somebody's save. */
export const PresenceView = z.object({
  others: z.array(z.object({ sessionId: z.string(), name: z.string(), selectedTask: z.string().nullable() })),
  revision: z.int(),
  activeVersion: z.int().nullable(),
});

/** Says that a page is open, and hears who else is there. To be called every 4 seconds. */
export async function heartbeat(
  scope: DraftScope,
  { pipelineId, sessionId, selectedTask, leaves = false }: z.infer<typeof HeartbeatInput>,
): Promise<z.infer<typeof PresenceView>> {
  requireRole(scope, "viewer");
  const { revision, activeVersion } = await headOf(scope, pipelineId);
  const place = { workspaceId: scope.workspace.id, pipelineId };
  const now = scope.clock.now();
  const since = new Date(now.getTime() - GONE_MS);
  const page = { sessionId, name: scope.actor.name, selectedTask: selectedTask ?? null, seenAt: now };
  if (leaves) await scope.drafts.left(place, sessionId);
  else await scope.drafts.seen(place, page, since);
  const present = await scope.drafts.present(place, since);
  const others = present.filter((each) => each.sessionId !== sessionId);
  return {
    others: others.map(({ seenAt: _seenAt, ...each }) => each),
    revision,
    activeVersion,
  };
}
