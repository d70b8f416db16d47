import { findSecretReferences } from "../../domain/sources/find-secret-references";
import type { SecretView } from "../../domain/sources/secret-view";
import type { SourceStore } from "../sources/index";
import { requireRole, type WorkspaceScope } from "../workspaces/index";
import { type Db, secretRows } from "./store";

export type SecretScope = WorkspaceScope<{ db: Db; sources: Pick<SourceStore, "connections"> }>;

/** The workspace's secrets by name, with all but their values. */
export async function listSecrets(scope: SecretScope): Promise<SecretView[]> {
  requireRole(scope, "engineer");
  const [rows, uses] = await Promise.all([secretRows(scope.db, scope.workspace.id), secretUses(scope)]);
  return rows.map((row) => ({ ...row, usedBy: uses.get(row.name) ?? [] }));
}

/** Names of connections by the secret that their document or draft names. */
export async function secretUses({ sources, workspace }: SecretScope): Promise<Map<string, string[]>> {
  const uses = new Map<string, string[]>();
  for (const { name, current, draft } of await sources.connections(workspace.id)) {
    const found = findSecretReferences([current?.document.config, draft?.document.config]);
    for (const secret of new Set(found.map((each) => each.name)))
      uses.set(secret, [...(uses.get(secret) ?? []), name]);
  }
  return uses;
}
