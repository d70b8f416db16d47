import type { ConnectionSummary } from "../../../domain/sources/connection-view";
import { requireRole } from "../../workspaces/index";
import type { SourceScope } from "../source-scope";
import { toConnectionSummary } from "./to-connection-summary";

/** Connections of the workspace, by name, with their next fire time and their last sync. */
export async function listConnections(scope: SourceScope): Promise<ConnectionSummary[]> {
  requireRole(scope, "viewer");
  const { id } = scope.workspace;
  const [connections, newest, active, freshness] = await Promise.all([
    scope.sources.connections(id),
    scope.syncs.newestSyncs(id),
    scope.syncs.activeSyncs(id),
    scope.syncs.freshness(id),
  ]);
  const now = scope.clock.now();
  return connections.map((connection) =>
    toConnectionSummary(connection, {
      newest: newest.find((each) => each.connection === connection.name),
      active,
      freshness,
      now,
    }),
  );
}
