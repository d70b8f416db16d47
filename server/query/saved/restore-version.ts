import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { SaveQueryResult } from "./save-query";
import { SavedQueryInput, Version } from "./saved-views";

export const RestoreVersionInput = SavedQueryInput.extend({
  version: Version,
  expectedVersion: z.int().min(0).optional(),
});
export const RestoreVersionResult = SaveQueryResult;

/** Makes what an earlier version said the next version; a query that was removed is there again. */
export async function restoreVersion(
  scope: QueryScope,
  _input: z.infer<typeof RestoreVersionInput>,
): Promise<z.infer<typeof RestoreVersionResult>> {
  requireRole(scope, "analyst");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
