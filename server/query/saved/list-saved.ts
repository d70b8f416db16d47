import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { SavedQueryItem } from "./saved-views";

export const ListSavedResult = z.array(SavedQueryItem);

/** The saved queries of the workspace, by name. */
export async function listSaved(scope: QueryScope): Promise<z.infer<typeof ListSavedResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
