import type { QueryScope } from "../query-scope";
import type { StoredRun } from "../query-store";
import type { QueryRunItem, QueryRunView } from "../views";

const EXCERPT = 4_000;

/** A run as it is at this moment: the one that is under way here knows more than its row. */
export function toView(
  { running, clock }: Pick<QueryScope, "running" | "clock">,
  stored: StoredRun,
): QueryRunView {
  const { workspaceId: _workspace, createdById: _by, ...run } = running.find(stored.id) ?? stored;
  const since = run.startedAt ?? run.createdAt;
  const elapsedMs = Math.max(0, (run.endedAt ?? clock.now()).getTime() - since.getTime());
  return { ...run, elapsedMs, engine: run.placement.engine };
}

export function toItem(scope: Pick<QueryScope, "running" | "clock">, stored: StoredRun): QueryRunItem {
  const { columns: _columns, translated: _translated, sql, ...run } = toView(scope, stored);
  return { ...run, sql: sql.slice(0, EXCERPT), sqlLength: sql.length };
}
