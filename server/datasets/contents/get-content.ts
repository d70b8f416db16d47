import { z } from "zod";
import { DashboardContent } from "../../../domain/datasets/dashboard-content";
import { ReportContent } from "../../../domain/datasets/report-content";
import { Failure } from "../../../domain/shared/failure";
import { roleAtLeast } from "../../../domain/workspaces/role-at-least";
import { requireRole } from "../../workspaces/index";
import type { StoreScope } from "../data-set-scope";
import type { ContentKind, StoredContent } from "../data-set-store";
import { ContentName } from "./save-content";

export const GetContentInput = z.object({
  name: ContentName,
  /** Without it the published version, or for who may draft the newest where none is published. */
  version: z.int().min(1).optional(),
});

const Shown = z.object({
  name: z.string(),
  version: z.int(),
  publishedVersion: z.int().nullable(),
  savedAt: z.date(),
  savedBy: z.string(),
});
export const GetReportResult = Shown.extend({ content: ReportContent });
export const GetDashboardResult = Shown.extend({ content: DashboardContent });

type Wanted = z.infer<typeof GetContentInput>;

export async function getReport(scope: StoreScope, input: Wanted): Promise<z.infer<typeof GetReportResult>> {
  const { shown, content } = await readContent(scope, "report", input);
  return { ...shown, content: ReportContent.parse(content) };
}

export async function getDashboard(
  scope: StoreScope,
  input: Wanted,
): Promise<z.infer<typeof GetDashboardResult>> {
  const { shown, content } = await readContent(scope, "dashboard", input);
  return { ...shown, content: DashboardContent.parse(content) };
}

/** A version that the asker may see. Failures: `not_found`, also for a draft that is not for the asker's role. */
async function readContent(scope: StoreScope, kind: ContentKind, { name, version }: Wanted) {
  requireRole(scope, "viewer");
  const { store, workspace } = scope;
  const publications = await store.publications(workspace.id, { kind, name });
  const published = publications.findLast(({ status }) => status === "done")?.version ?? null;
  const publishedVersion = published === null ? null : Number(published);
  const mayDraft = roleAtLeast(scope.role, "analyst");
  const wanted = version ?? publishedVersion ?? undefined;
  const found: StoredContent | null =
    mayDraft || (wanted !== undefined && wanted === publishedVersion)
      ? await store.content(workspace.id, kind, name, wanted)
      : null;
  if (found === null)
    throw new Failure(
      "not_found",
      version === undefined ? `There is no ${kind} ${name}.` : `There is no version ${version} of ${name}.`,
      mayDraft ? {} : { hint: "Only what is published can be seen with your role." },
    );
  return {
    content: found.content,
    shown: { name, version: found.version, publishedVersion, savedAt: found.at, savedBy: found.by },
  };
}
