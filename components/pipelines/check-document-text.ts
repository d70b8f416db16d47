import { parsePipeline } from "@/domain/pipelines/document/parse-pipeline";
import type { PipelineDocument } from "@/domain/pipelines/document/pipeline-document";
import type { InputError } from "@/domain/shared/failure";

export type CheckedText = { ok: true; document: PipelineDocument } | { ok: false; errors: InputError[] };

/** Reads the text of a pipeline document: first as JSON, then as a pipeline, which must keep its own id. */
export function checkDocumentText(text: string, pipelineId: string): CheckedText {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      errors: [{ pointer: "", message: `This is not JSON: ${(error as Error).message}.` }],
    };
  }
  const parsed = parsePipeline(json);
  if (!parsed.ok) return parsed;
  if (parsed.document.pipeline_id !== pipelineId) {
    return {
      ok: false,
      errors: [
        { pointer: "/pipeline_id", message: `Must stay ${pipelineId}; another id is another pipeline.` },
      ],
    };
  }
  return parsed;
}
