import { z } from "zod";
import type { ValidateConnectionResult } from "../../../domain/sources/connection-view";
import { destinationTable } from "../../../domain/sources/destination-table";
import { requireRole } from "../../workspaces/index";
import type { SourceScope } from "../source-scope";
import { checkDocument } from "./check-document";
import { secretReferences } from "./get-connection";
import { scheduleView } from "./schedule-view";

export const ValidateConnectionInput = z.object({ name: z.string(), document: z.unknown() });

/** Every complaint about a document with its place, and what it would do. Nothing is stored. */
export async function validateConnection(
  scope: SourceScope,
  { name, document: json }: z.infer<typeof ValidateConnectionInput>,
): Promise<ValidateConnectionResult> {
  requireRole(scope, "viewer");
  const checked = await checkDocument(scope, name, json);
  const config = (json as { config?: unknown } | null | undefined)?.config;
  const secrets = secretReferences(config, await scope.secretNames(scope.workspace.id));
  if (!checked.ok) return { ok: false, errors: checked.errors, schedule: null, tables: [], secrets };
  const { document } = checked;
  return {
    ok: true,
    errors: [],
    schedule: scheduleView(document, false, scope.clock.now()),
    tables: document.streams.map((stream) => ({
      stream: stream.name,
      table: destinationTable(name, document, stream),
    })),
    secrets,
  };
}
