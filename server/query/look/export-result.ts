import { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import type { StreamedAnswer } from "../../http-api/streamed-answer";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";
import { ViewId } from "./open-view";

export const ExportResultInput = RunInput.extend({
  format: z.enum(["arrow", "json", "csv", "parquet"]).default("json"),
  view: ViewId.optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).optional(),
});

/** A result, or rows of it, as a file. */
export async function exportResult(
  scope: QueryScope,
  _input: z.infer<typeof ExportResultInput>,
  _signal?: AbortSignal,
): Promise<StreamedAnswer> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
