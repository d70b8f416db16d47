import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { SavedQueryInput } from "./saved-views";

export const RemoveSavedInput = SavedQueryInput.extend({
  /** The name once more. */
  confirmation: z.string().max(700),
});
export const RemoveSavedResult = SavedQueryInput;

/** Takes a query out of the list. Its versions stay, for the links that are pinned to them. */
export async function removeSaved(
  scope: QueryScope,
  _input: z.infer<typeof RemoveSavedInput>,
): Promise<z.infer<typeof RemoveSavedResult>> {
  requireRole(scope, "analyst");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
