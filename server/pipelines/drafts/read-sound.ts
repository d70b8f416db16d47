import { parsePipeline } from "../../../domain/pipelines/document/parse-pipeline";
import type { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import { jsonOf, parseText } from "../../../domain/pipelines/edit/text/parse-text";
import { Failure, type InputError } from "../../../domain/shared/failure";

/** The document of a text that may be activated. Failures: `invalid_input` with every reason and its place. */
export function readSound(text: string, pipelineId: string): PipelineDocument {
  const parsed = parseText(text);
  if (!parsed.ok) {
    const { line, message } = parsed.mistake;
    throw refusal([{ pointer: "", message: `Line ${line}: ${message}.` }]);
  }
  const read = parsePipeline(jsonOf(parsed.root));
  if (!read.ok) throw refusal(read.errors);
  if (read.document.pipeline_id === pipelineId) return read.document;
  const message = `This pipeline is ${pipelineId}. Write that id here; an id does not change.`;
  throw refusal([{ pointer: "/pipeline_id", message }]);
}

const refusal = (errors: InputError[]): Failure =>
  new Failure(
    "invalid_input",
    `The pipeline cannot be activated: it has ${errors.length === 1 ? "an error" : `${errors.length} errors`}.`,
    { errors, hint: "It stays a draft." },
  );
