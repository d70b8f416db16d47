import type { ConnectionSummary } from "../../../domain/sources/connection-view";
import { destinationTable } from "../../../domain/sources/destination-table";
import { lagSeconds } from "../../../domain/sources/stream-figures";
import type { StoredConnection } from "../source-store";
import type { ActiveSync, Freshness, StoredSync } from "../sync-store";
import { toSyncSummary } from "../syncs/to-sync-view";
import { lagLimitSeconds, scheduleView } from "./schedule-view";

export type ConnectionFacts = {
  newest: StoredSync | undefined;
  active: readonly ActiveSync[];
  freshness: readonly Freshness[];
  now: Date;
};

/** A connection as lists show it. */
export function toConnectionSummary(
  connection: StoredConnection,
  { newest, active, freshness, now }: ConnectionFacts,
): ConnectionSummary {
  const { name, paused, current, draft } = connection;
  const document = current?.document;
  const streams = document?.streams ?? [];
  const lag = oldest(connection, freshness, now);
  const limit = document === undefined ? null : lagLimitSeconds(document, paused, now);
  const saved = draft ?? current;
  const schedule = document === undefined ? null : scheduleView(document, paused, now);
  return {
    name,
    connector: document?.connector ?? text(draft?.document.connector),
    connectorVersion: document?.version ?? null,
    status: statusOf(connection),
    schedule,
    nextRunAt: schedule?.nextRuns[0] ?? null,
    streamCount: streams.length,
    tables: document === undefined ? [] : streams.map((stream) => destinationTable(name, document, stream)),
    lastSync: newest === undefined ? null : toSyncSummary(newest),
    activeSyncId: active.findLast((each) => each.connection === name)?.id ?? null,
    lagSeconds: lag,
    lagLimitSeconds: limit,
    isLate: lag !== null && limit !== null && lag > limit,
    hasDraft: draft !== null,
    updatedAt: saved?.createdAt ?? now,
    updatedBy: saved?.createdBy ?? "",
  };
}

const statusOf = ({ current, paused }: StoredConnection): ConnectionSummary["status"] => {
  if (current === null) return "draft";
  return paused ? "paused" : "active";
};

/** Age of the stream that is furthest behind; null before the first success of one. */
function oldest(
  { name, current }: StoredConnection,
  freshness: readonly Freshness[],
  now: Date,
): number | null {
  const ages = (current?.document.streams ?? []).flatMap((stream) => {
    const found = freshness.find((each) => each.connection === name && each.stream === stream.name);
    return lagSeconds(found?.dataAsOf ?? null, now) ?? [];
  });
  return ages.length === 0 ? null : Math.max(...ages);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
