import type { Attachment, AttachmentScope } from "./attachment-scope";

/** The names that a shared engine was last told to keep, by workspace. */
const told = new WeakMap<object, Map<string, string>>();

/**
 * Lets a shared engine drop the catalogs of connections and documents that went, as soon as the workspace is looked at
 * again. It is told only of changes, and once by each process.
 */
export async function pruneCatalogs(
  { foreignCatalogs, workspace }: Pick<AttachmentScope, "foreignCatalogs" | "workspace">,
  attachments: readonly Attachment[],
): Promise<void> {
  if (foreignCatalogs === null) return;
  const names = ["lake", "analytics", ...attachments.map((each) => each.catalog)];
  const byWorkspace = told.get(foreignCatalogs) ?? new Map<string, string>();
  told.set(foreignCatalogs, byWorkspace);
  const wanted = names.join(" ");
  if (byWorkspace.get(workspace.id) === wanted) return;
  byWorkspace.set(workspace.id, wanted);
  try {
    await foreignCatalogs.prune(workspace.id, names);
  } catch {
    // The engine may be away; then the next look tells it.
    if (byWorkspace.get(workspace.id) === wanted) byWorkspace.delete(workspace.id);
  }
}
