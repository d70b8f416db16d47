import type { InputError } from "../../shared/failure";
import { Identifier } from "./fields";

export type ParsedDraft =
  | { ok: true; pipelineId: string; name: string; json: Record<string, unknown> }
  | { ok: false; errors: InputError[] };

/** What may be saved as a draft: any JSON object with a `pipeline_id`. Without a name it goes by its id. */
export function parseDraft(json: unknown): ParsedDraft {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return {
      ok: false,
      errors: [{ pointer: "", message: "A pipeline is a JSON object. Start with { and end with }." }],
    };
  }
  const record = json as Record<string, unknown>;
  const id = Identifier.safeParse(record.pipeline_id);
  if (!id.success) {
    const message =
      record.pipeline_id === undefined
        ? "A draft needs a pipeline_id, under which it is kept."
        : `This is no id. ${id.error.issues[0]?.message ?? ""}.`;
    return { ok: false, errors: [{ pointer: "/pipeline_id", message }] };
  }
  const { name } = record;
  return {
    ok: true,
    pipelineId: id.data,
    name: typeof name === "string" && name !== "" ? name : id.data,
    json: record,
  };
}
