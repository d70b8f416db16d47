import { z } from "zod";
import { DashboardContent } from "../../../domain/datasets/dashboard-content";
import { ReportContent } from "../../../domain/datasets/report-content";
import { recordAudit, requireRole } from "../../workspaces/index";
import type { StoreScope } from "../data-set-scope";
import type { ContentKind } from "../data-set-store";

/** The name in its address; its title may change, this does not. */
export const ContentName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,99}$/u,
    "Use letters, digits, - and _, beginning with a letter or digit",
  );

const BaseVersion = z.int().min(0).optional();

export const SaveReportInput = z.object({
  name: ContentName,
  content: ReportContent,
  /** The version that was changed, 0 for a new report: a newer one by somebody else is then not passed over. */
  baseVersion: BaseVersion,
});
export const SaveDashboardInput = z.object({
  name: ContentName,
  content: DashboardContent,
  baseVersion: BaseVersion,
});
export const SaveContentResult = z.object({ version: z.int(), isNew: z.boolean() });

export const saveReport = (scope: StoreScope, input: z.infer<typeof SaveReportInput>) =>
  saveContent(scope, "report", input);
export const saveDashboard = (scope: StoreScope, input: z.infer<typeof SaveDashboardInput>) =>
  saveContent(scope, "dashboard", input);

/** Keeps a new version as a draft. Who saves the first becomes its owner. Failures: `conflict`. */
async function saveContent(
  scope: StoreScope,
  kind: ContentKind,
  { name, content, baseVersion }: { name: string; content: unknown; baseVersion?: number | undefined },
): Promise<z.infer<typeof SaveContentResult>> {
  requireRole(scope, "analyst");
  const { store, workspace, actor, clock } = scope;
  const at = clock.now();
  const saved = await store.saveContent(workspace.id, {
    kind,
    name,
    content,
    baseVersion,
    by: actor.name,
    at,
  });
  if (!saved.isNew) return saved;
  if (saved.version === 1) await store.setOwner(workspace.id, { kind, name }, actor.name, actor.name, at);
  await recordAudit(scope, `${kind}.saved`, name, { version: saved.version });
  return saved;
}
