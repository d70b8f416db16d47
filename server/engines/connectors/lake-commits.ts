import { z } from "zod";
import type { ConnectorEvent } from "../../../domain/ports/connector-runner";
import { Failure } from "../../../domain/shared/failure";
import { readWideJson } from "./sync-messages";

const PAGE = 100;
const TIMEOUT_MS = 30_000;

const Snapshots = z.looseObject({
  items: z.array(
    z.looseObject({
      snapshot_id: z.string(),
      summary: z.record(z.string(), z.string()).nullish(),
    }),
  ),
});

export type LakeAccess = { url: string; token: string };

/**
 * The commits that the lake has of a sync of a table, as they were or should have been told: a crash between a commit and
 * its telling loses none. Failures: `engine_unavailable` (retryable).
 */
export async function lakeCommits(
  { url, token }: LakeAccess,
  { workspaceId, table, syncId }: { workspaceId: string; table: string; syncId: string },
  signal: AbortSignal,
): Promise<Extract<ConnectorEvent, { type: "committed" }>[]> {
  const path = `/v1/${encodeURIComponent(workspaceId)}/tables/${encodeURIComponent(table)}/snapshots?limit=${PAGE}`;
  const response = await fetch(`${url}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  }).catch((cause: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw away(cause);
  });
  if (response.status === 404) return [];
  if (!response.ok) throw away(`status ${response.status}`);
  const { items } = Snapshots.parse(readWideJson(await response.text()));
  return items
    .filter(({ summary }) => summary?.["sync-id"] === syncId)
    .map(({ snapshot_id, summary }) => ({
      type: "committed",
      snapshotId: snapshot_id,
      rows: Number(summary?.rows ?? 0),
      bytes: Number(summary?.bytes ?? 0),
      cursor: null,
    }));
}

const away = (cause: unknown): Failure =>
  new Failure("engine_unavailable", "The lake does not answer.", {
    hint: "Try again once it is up; the status page tells.",
    retryable: true,
    cause,
  });
