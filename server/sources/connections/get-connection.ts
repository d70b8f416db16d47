import { z } from "zod";
import type {
  ConnectionStreamView,
  ConnectionView,
  SecretReference,
} from "../../../domain/sources/connection-view";
import { destinationTable } from "../../../domain/sources/destination-table";
import { findSecretReferences } from "../../../domain/sources/find-secret-references";
import { lagSeconds } from "../../../domain/sources/stream-figures";
import { requireRole } from "../../workspaces/index";
import { ownConnection, type SourceScope } from "../source-scope";
import type { StoredConnection } from "../source-store";
import type { Freshness, StoredSync } from "../sync-store";
import { toSyncSummary } from "../syncs/to-sync-view";
import { toConnectionSummary } from "./to-connection-summary";

const SHOWN_SYNCS = 20;

export const ConnectionInput = z.object({ name: z.string() });
export type ConnectionInput = z.infer<typeof ConnectionInput>;

/** A connection with its document, its streams and its last syncs. */
export async function getConnection(scope: SourceScope, { name }: ConnectionInput): Promise<ConnectionView> {
  requireRole(scope, "viewer");
  const connection = await ownConnection(scope, name);
  const { id } = scope.workspace;
  const [versions, syncs, active, freshness, set] = await Promise.all([
    scope.sources.versions(id, name),
    scope.syncs.syncs(id, { connection: name, limit: SHOWN_SYNCS }),
    scope.syncs.activeSyncs(id, name),
    scope.syncs.freshness(id, name),
    scope.secretNames(id),
  ]);
  const now = scope.clock.now();
  const { current, draft } = connection;
  const document = current?.document ?? draft?.document ?? {};
  return {
    ...toConnectionSummary(connection, { newest: syncs[0], active, freshness, now }),
    document,
    version: current?.version ?? 0,
    latestVersion: versions[0]?.version ?? 0,
    draft:
      draft === null
        ? null
        : {
            document: draft.document,
            version: draft.version,
            savedAt: draft.createdAt,
            savedBy: draft.createdBy,
          },
    streams: streamViews(connection, syncs, freshness, now),
    secrets: secretReferences(document.config, set),
    versions,
    syncs: syncs.map(toSyncSummary),
  };
}

function streamViews(
  { name, current }: StoredConnection,
  syncs: readonly StoredSync[],
  freshness: readonly Freshness[],
  now: Date,
): ConnectionStreamView[] {
  if (current === null) return [];
  return current.document.streams.map((stream) => {
    const sync = syncs.find((each) => each.streams.some((one) => one.name === stream.name));
    const last = sync?.streams.find((each) => each.name === stream.name);
    const fresh = freshness.find((each) => each.stream === stream.name);
    return {
      name: stream.name,
      namespace: stream.namespace ?? null,
      syncMode: stream.sync_mode,
      cursorField: stream.cursor_field === undefined ? null : [stream.cursor_field].flat().join("."),
      table: destinationTable(name, current.document, stream),
      lastStatus: last?.status ?? null,
      lastSyncId: sync?.id ?? null,
      lastSucceededAt: fresh?.succeededAt ?? null,
      lagSeconds: lagSeconds(fresh?.dataAsOf ?? null, now),
      rowsCommitted: last?.rowsCommitted ?? null,
    };
  });
}

/** The secrets that `config` names, by name, and whether the workspace has them. */
export function secretReferences(config: unknown, set: readonly string[]): SecretReference[] {
  const pointers = new Map<string, string[]>();
  for (const { name, pointer } of findSecretReferences(config))
    pointers.set(name, [...(pointers.get(name) ?? []), `/config${pointer}`]);
  return [...pointers]
    .map(([name, places]) => ({ name, isSet: set.includes(name), pointers: places }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}
