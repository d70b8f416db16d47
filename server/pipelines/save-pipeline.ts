import { z } from "zod";
import { parsePipeline } from "../../domain/pipelines/document/parse-pipeline";
import type { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { Failure, type InputError } from "../../domain/shared/failure";
import { recordAudit, requireRole } from "../workspaces/index";
import type { DraftStore } from "./drafts/draft-store";
import { putDraft } from "./drafts/put-draft";
import type { ActingScope } from "./pipeline-scope";

export const SavePipelineInput = z.object({
  /** Where given, the document's `pipeline_id` must be the same. */
  pipelineId: z.string().optional(),
  document: z.unknown(),
  draft: z.boolean().optional(),
});
export type SavePipelineInput = z.infer<typeof SavePipelineInput>;

/** `version` is the active one; a draft of a new pipeline has none. */
export const SavePipelineResult = z.object({ version: z.int().nullable() });

type SavingScope = Omit<ActingScope, "runDriver" | "jobRunner"> & { drafts: DraftStore };

/** Stores a document as the active version, or as the draft. The same document again makes no new version. */
export async function savePipeline(
  scope: SavingScope,
  { pipelineId, document: json, draft = false }: SavePipelineInput,
): Promise<z.infer<typeof SavePipelineResult>> {
  requireRole(scope, "engineer");
  if (draft) return putDraft(scope, { pipelineId, document: json });
  const document = readPipeline(json, pipelineId);
  const text = `${JSON.stringify(json, null, 2)}\n`;
  const version = await scope.store.savePipeline(scope.workspace.id, document, false, scope.actor.name, text);
  await recordAudit(scope, "pipeline.saved", document.pipeline_id, { version });
  return { version };
}

function readPipeline(json: unknown, pipelineId: string | undefined): PipelineDocument {
  const parsed = parsePipeline(json);
  const errors: InputError[] = parsed.ok ? [] : parsed.errors;
  if (parsed.ok && pipelineId !== undefined && parsed.document.pipeline_id !== pipelineId) {
    errors.push({
      pointer: "/pipeline_id",
      message: `The address says "${pipelineId}". Write the same id here.`,
    });
  }
  if (parsed.ok && errors.length === 0) return parsed.document;
  throw new Failure(
    "invalid_input",
    `The pipeline has ${errors.length === 1 ? "an error" : `${errors.length} errors`}.`,
    { errors },
  );
}
