import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
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

/** Saves the next version. The same content again makes none. Failures: `conflict`, with who saved what and when. */
export async function saveQuery(
  scope: QueryScope,
  _input: z.infer<typeof SaveQueryInput>,
): Promise<z.infer<typeof SaveQueryResult>> {
  requireRole(scope, "analyst");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
