import type { InputError } from "../../shared/failure";
import { findErrors } from "./find-errors";
import type { PipelineDocument } from "./pipeline-document";

export type ParsedPipeline = { ok: true; document: PipelineDocument } | { ok: false; errors: InputError[] };

/**
 * Reads a pipeline as people write it. Every complaint comes back at once, each with a JSON pointer and how to mend it.
 * A document that is `ok` can be activated and run.
 */
export function parsePipeline(json: unknown): ParsedPipeline {
  const { document, errors } = findErrors(json);
  if (document !== null && errors.length === 0) return { ok: true, document };
  return { ok: false, errors: errors.map(({ pointer, message }) => ({ pointer, message })) };
}
