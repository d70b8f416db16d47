import { z } from "zod";
import { shortQueryName, wholeQueryName } from "../../../domain/query/saved-query-name";
import { recordAudit, requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import type { SavedContent } from "../query-store";
import { SavedQueryContent, SavedQueryInput } from "./saved-views";

export const SaveQueryInput = SavedQueryInput.extend(SavedQueryContent.shape).extend({
  /** The version that the author saw, 0 for none; absent: whatever there is. */
  expectedVersion: z.int().min(0).optional(),
});
export const SaveQueryResult = SavedQueryInput.extend({
  ref: z.string(),
  version: z.int(),
  isNew: z.boolean(),
});

export type SavingScope = Pick<QueryScope, "role" | "store" | "workspace" | "actor" | "clock" | "db">;

/** Saves the next version. The same content again makes none. Failures: `conflict`, with who saved what and when. */
export async function saveQuery(
  scope: SavingScope,
  { name, sql, dialect, parameters, chart, expectedVersion }: z.infer<typeof SaveQueryInput>,
): Promise<z.infer<typeof SaveQueryResult>> {
  requireRole(scope, "analyst");
  return keepVersion(scope, wholeQueryName(name), { sql, dialect, parameters, chart }, expectedVersion);
}

export async function keepVersion(
  scope: SavingScope,
  whole: string,
  content: SavedContent,
  expectedVersion: number | undefined,
): Promise<z.infer<typeof SaveQueryResult>> {
  const { version, isNew } = await scope.store.saveVersion({
    workspaceId: scope.workspace.id,
    name: whole,
    content,
    expectedVersion,
    by: scope.actor.name,
    at: scope.clock.now(),
  });
  if (isNew) await recordAudit(scope, "saved_query.saved", whole, { version });
  return { name: shortQueryName(whole), ref: whole, version, isNew };
}
