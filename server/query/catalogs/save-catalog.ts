import { z } from "zod";
import { parseCatalogDocument } from "../../../domain/query/catalog-document";
import { Failure } from "../../../domain/shared/failure";
import { recordAudit, requireRole } from "../../workspaces/index";
import { attachmentsOf } from "../attachments/attachments-of";
import { type CatalogScope, type CatalogView, toCatalogView } from "./catalog-scope";

export const SaveCatalogInput = z.object({
  name: z.string().max(100),
  /** `{ name?, connector, properties }`; the name may be left to the address. */
  document: z.record(z.string(), z.unknown()),
  /** The version that the author saw, 0 for none. */
  expectedVersion: z.int().min(0).optional(),
});

/**
 * Keeps a catalog document. The catalog itself is made when a statement first reads it.
 * Failures: `invalid_input` with a pointer each, `conflict` (another version, or a connection has the name).
 */
export async function saveCatalog(
  scope: CatalogScope,
  { name, document: json, expectedVersion }: z.infer<typeof SaveCatalogInput>,
): Promise<CatalogView> {
  requireRole(scope, "engineer");
  const parsed = parseCatalogDocument({ name, ...json });
  if (!parsed.ok) {
    throw new Failure("invalid_input", "The catalog document is not right.", { errors: parsed.errors });
  }
  const { document } = parsed;
  if (document.name !== name) {
    const message = `The document says ${document.name} and its address says ${name}.`;
    throw new Failure("invalid_input", message, { errors: [{ pointer: "/name", message }] });
  }
  const { attachments } = await attachmentsOf(scope);
  const taken = attachments.find(({ catalog, kind }) => catalog === name && kind === "postgres");
  if (taken !== undefined) {
    throw new Failure("conflict", `The connection ${taken.source} is read as ${name} already.`, {
      hint: "Choose another name.",
    });
  }
  const stored = await scope.queryCatalogs.saveCatalog({
    workspaceId: scope.workspace.id,
    document,
    expectedVersion,
    updatedBy: scope.actor.name,
    at: scope.clock.now(),
  });
  await recordAudit(scope, "catalog.saved", name, { version: stored.version });
  return toCatalogView(stored);
}
