import { z } from "zod";
import { importAirflow } from "../../../domain/pipelines/import/airflow/import-airflow";
import { importArgo } from "../../../domain/pipelines/import/argo/import-argo";
import {
  guessFormat,
  IMPORT_FORMATS,
  type ImportFormat,
} from "../../../domain/pipelines/import/guess-format";
import type { ImportedPipeline } from "../../../domain/pipelines/import/imported-pipeline";
import { importKubeflow } from "../../../domain/pipelines/import/kubeflow/import-kubeflow";
import type { AirflowReader } from "../../../domain/ports/airflow-reader";
import { Failure } from "../../../domain/shared/failure";
import { requireRole, type WorkspaceScope } from "../../workspaces/index";

export const ImportTextInput = z.object({
  /** `auto` looks at the text. */
  format: z.enum(["auto", ...IMPORT_FORMATS]).default("auto"),
  text: z.string().min(1).max(1_000_000),
  /** Which pipeline of the text, by its name there; the first where it is absent. */
  pipeline: z.string().min(1).max(1_000).optional(),
});

export const ImportTextResult = z.object({
  format: z.enum(IMPORT_FORMATS),
  /** A pipeline as this app writes it, as a draft: what the text did not say is missing still. */
  text: z.string(),
  pipelineId: z.string(),
  name: z.string(),
  /** All pipelines of the text by their names there, where it holds several. */
  choices: z.array(z.string()),
  /** What has no place here, and why. */
  notMapped: z.array(z.object({ where: z.string(), what: z.string(), why: z.string() })),
});

/** Null where Python is not installed. */
export type ImportSockets = { airflowReader: AirflowReader | null };

/**
 * A pipeline of another tool as one of ours. Nothing is stored, and nothing of the text is run. Failures: `invalid_input`,
 * `resource_exhausted`, and `engine_unavailable` for Python sources where there is no Python.
 */
export async function importText(
  scope: WorkspaceScope<ImportSockets>,
  { format, text, pipeline }: z.infer<typeof ImportTextInput>,
  signal?: AbortSignal,
): Promise<z.infer<typeof ImportTextResult>> {
  requireRole(scope, "viewer");
  const known = format === "auto" ? guessFormat(text) : format;
  if (known === null) {
    throw new Failure("invalid_input", "The text is not known as a pipeline of Airflow, Argo or Kubeflow.", {
      hint: "Say which it is, or paste the whole file.",
      errors: [{ pointer: "/text", message: "It is written for none of them." }],
    });
  }
  const {
    document,
    notMapped,
    choices = [],
  } = await convert(known, { text, pipeline }, scope.airflowReader, signal);
  return {
    format: known,
    text: `${JSON.stringify(document, null, 2)}\n`,
    pipelineId: String(document.pipeline_id),
    name: String(document.name),
    choices,
    notMapped,
  };
}

async function convert(
  format: ImportFormat,
  { text, pipeline }: { text: string; pipeline: string | undefined },
  reader: AirflowReader | null,
  signal: AbortSignal | undefined,
): Promise<ImportedPipeline> {
  if (format === "argo") return importArgo(text, pipeline);
  if (format === "kubeflow") return importKubeflow(text);
  if (reader === null) {
    throw new Failure(
      "engine_unavailable",
      "Airflow's sources are Python, and there is no Python to read them.",
      {
        hint: "Install Python 3.11 or newer and uv, and start again; or set LAKE_PYTHON.",
      },
    );
  }
  return importAirflow(await reader.read(text, signal), pipeline);
}
