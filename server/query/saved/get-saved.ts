import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { SavedQueryInput, type SavedQueryView, Version } from "./saved-views";

export const GetSavedInput = SavedQueryInput.extend({ version: Version.optional() });

/** A saved query as it is, or as one version of it was; versions outlive the query. */
export async function getSaved(
  scope: QueryScope,
  _input: z.infer<typeof GetSavedInput>,
): Promise<SavedQueryView> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
