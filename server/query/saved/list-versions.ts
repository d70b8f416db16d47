import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { SavedQueryInput, SavedQueryView } from "./saved-views";

export const ListVersionsInput = SavedQueryInput;
export const ListVersionsResult = z.array(
  SavedQueryView.pick({ version: true, dialect: true, createdBy: true, createdAt: true }),
);

/** Newest first. */
export async function listVersions(
  scope: QueryScope,
  _input: z.infer<typeof ListVersionsInput>,
): Promise<z.infer<typeof ListVersionsResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
