import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { attachmentsOf } from "../attachments/attachments-of";
import type { CatalogScope } from "./catalog-scope";

export const RemoveCatalogInput = z.object({ name: z.string().max(100) });
export const RemovedCatalog = z.object({ name: z.string() });

/** Removes a catalog document, and the catalog from the engine. Failures: `not_found`. */
export async function removeCatalog(
  scope: CatalogScope,
  { name }: z.infer<typeof RemoveCatalogInput>,
): Promise<z.infer<typeof RemovedCatalog>> {
  requireRole(scope, "engineer");
  if (!(await scope.queryCatalogs.removeCatalog(scope.workspace.id, name))) {
    throw new Failure("not_found", `There is no catalog document ${name} in this workspace.`);
  }
  await recordAudit(scope, "catalog.removed", name);
  await attachmentsOf(scope);
  return { name };
}
