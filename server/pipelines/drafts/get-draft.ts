import { z } from "zod";
import { requireRole } from "../../workspaces/index";
import { ArchiveMark } from "../archive/archive-mark";
import { type DraftScope, headOf, textOf } from "./draft-scope";

export const PipelineIdInput = z.object({ pipelineId: z.string().min(1) });

export const DraftView = z.object({
  pipelineId: z.string(),
  /** JSON with comments, byte for byte; it may be broken for the moment. */
  text: z.string(),
  /** Give it back with the next save. */
  revision: z.int(),
  /** Null while there is only a draft. */
  activeVersion: z.int().nullable(),
  /** Null where the text is the active version's. */
  draft: z.object({ of: z.int().nullable(), by: z.string(), at: z.date() }).nullable(),
  /** Null where the pipeline is not archived. */
  archived: ArchiveMark.nullable(),
});
export type DraftView = z.infer<typeof DraftView>;

/** The text of a pipeline as it is edited now: its draft, or its active version where there is none. */
export async function getDraft(
  scope: DraftScope,
  { pipelineId }: z.infer<typeof PipelineIdInput>,
): Promise<DraftView> {
  requireRole(scope, "viewer");
  const head = await headOf(scope, pipelineId);
  const { revision, activeVersion, draft, archived } = head;
  return {
    pipelineId,
    text: await textOf(scope, pipelineId, head),
    revision,
    activeVersion,
    draft: draft === null ? null : { of: draft.of, by: draft.by, at: draft.at },
    archived,
  };
}

export const ListDraftsResult = z.array(
  z.object({ pipelineId: z.string(), activeVersion: z.int().nullable(), by: z.string(), at: z.date() }),
);

/** Pipelines that are edited and not activated, the latest first; those without any version among them. */
export async function listDrafts(scope: DraftScope): Promise<z.infer<typeof ListDraftsResult>> {
  requireRole(scope, "viewer");
  return scope.drafts.drafts(scope.workspace.id);
}
