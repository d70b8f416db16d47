import { z } from "zod";
import type { CompletionNames } from "../../../domain/query/completion/completion-names";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";

export const ListNamesInput = z.object({
  /** The version that is there already. */
  version: z.string().max(100).optional(),
});

/** The names that statements can use; null where `version` still is the newest. */
export async function listNames(
  scope: QueryScope,
  _input: z.infer<typeof ListNamesInput>,
): Promise<CompletionNames | null> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
