import { z } from "zod";
import { wholeQueryName } from "../../../domain/query/saved-query-name";
import { requireRole } from "../../workspaces/index";
import { savedVersion } from "./get-saved";
import { keepVersion, SaveQueryResult, type SavingScope } from "./save-query";
import { SavedQueryInput, Version } from "./saved-views";

export const RestoreVersionInput = SavedQueryInput.extend({
  version: Version,
  expectedVersion: z.int().min(0).optional(),
});
export const RestoreVersionResult = SaveQueryResult;

/** Makes what an earlier version said the next version; a query that was removed is there again. */
export async function restoreVersion(
  scope: SavingScope,
  { name, version, expectedVersion }: z.infer<typeof RestoreVersionInput>,
): Promise<z.infer<typeof RestoreVersionResult>> {
  requireRole(scope, "analyst");
  const whole = wholeQueryName(name);
  const { sql, dialect, parameters, chart } = await savedVersion(scope, whole, version);
  return keepVersion(scope, whole, { sql, dialect, parameters, chart }, expectedVersion);
}
