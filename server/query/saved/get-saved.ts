import type { z } from "zod";
import { shortQueryName, wholeQueryName } from "../../../domain/query/saved-query-name";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import type { SavedVersion } from "../query-store";
import { SavedQueryInput, type SavedQueryView, Version } from "./saved-views";
import { toSavedView } from "./to-saved-view";

export const GetSavedInput = SavedQueryInput.extend({ version: Version.optional() });

/** A saved query as it is, or as one version of it was; versions outlive the query. Failures: `not_found`. */
export async function getSaved(
  scope: Pick<QueryScope, "role" | "store" | "workspace">,
  { name, version }: z.infer<typeof GetSavedInput>,
): Promise<SavedQueryView> {
  requireRole(scope, "viewer");
  const whole = wholeQueryName(name);
  const current = await scope.store.currentVersion(scope.workspace.id, whole);
  const wanted = version ?? current;
  if (wanted === null) throw noSuchQuery(whole);
  return toSavedView(await savedVersion(scope, whole, wanted), current ?? 0);
}

export const noSuchQuery = (whole: string): Failure =>
  new Failure("not_found", `There is no saved query ${shortQueryName(whole)}.`, {
    hint: "It may have been removed, or have another name.",
  });

/** Failures: `not_found`. */
export async function savedVersion(
  { store, workspace }: Pick<QueryScope, "store" | "workspace">,
  whole: string,
  version: number,
): Promise<SavedVersion> {
  const found = await store.savedVersion(workspace.id, whole, version);
  if (found !== null) return found;
  throw new Failure("not_found", `${shortQueryName(whole)} has no version ${version}.`);
}
