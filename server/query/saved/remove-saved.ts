import { z } from "zod";
import { shortQueryName, wholeQueryName } from "../../../domain/query/saved-query-name";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { noSuchQuery } from "./get-saved";
import type { SavingScope } from "./save-query";
import { SavedQueryInput } from "./saved-views";

export const RemoveSavedInput = SavedQueryInput.extend({
  /** The name once more. */
  confirmation: z.string().max(700),
});
export const RemoveSavedResult = SavedQueryInput;

/** Takes a query out of the list. Its versions stay, for the links that are pinned to them. Failures: `not_found`. */
export async function removeSaved(
  scope: SavingScope,
  { name, confirmation }: z.infer<typeof RemoveSavedInput>,
): Promise<z.infer<typeof RemoveSavedResult>> {
  requireRole(scope, "analyst");
  const whole = wholeQueryName(name);
  const short = shortQueryName(whole);
  if (wholeQueryName(confirmation.trim()) !== whole) {
    const message = "This is not the name of the query.";
    throw new Failure("invalid_input", message, {
      hint: `Write ${short} to confirm.`,
      errors: [{ pointer: "/confirmation", message }],
    });
  }
  if (!(await scope.store.removeSaved(scope.workspace.id, whole))) throw noSuchQuery(whole);
  await recordAudit(scope, "saved_query.removed", whole);
  return { name: short };
}
