import { insertWorkspaceIfAbsent, type Rows, SAMPLE_SLUG, type WorkspaceRow, workspaceBySlug } from "./store";

/** The workspace of the sample data, made on first call; safe to call from several processes at once. */
export async function ensureSampleWorkspace(db: Rows): Promise<WorkspaceRow> {
  await insertWorkspaceIfAbsent(db, SAMPLE_SLUG, "Sample");
  const workspace = await workspaceBySlug(db, SAMPLE_SLUG);
  if (workspace === null) throw new Error("the sample workspace vanished while it was made");
  return workspace;
}
