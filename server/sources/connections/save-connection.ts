import { z } from "zod";
import { Failure, type InputError } from "../../../domain/shared/failure";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import type { SaveConnectionResult } from "../../../domain/sources/connection-view";
import { testedVersion } from "../../../domain/sources/connector-catalog";
import { refusePlainSecrets } from "../../../domain/sources/plain-secrets";
import { recordAudit, requireRole } from "../../workspaces/index";
import type { ActingScope } from "../source-scope";
import { checkDocument } from "./check-document";

export const SaveConnectionInput = z.object({
  name: z.string(),
  document: z.unknown(),
  /** Keep it aside: nothing runs it, and it may be unfinished. */
  draft: z.boolean().optional(),
  /** The newest version that the author saw; a save in between is then refused instead of being replaced. */
  baseVersion: z.number().int().min(0).optional(),
});
export type SaveConnectionInput = z.infer<typeof SaveConnectionInput>;

/**
 * Stores a document as the connection's current version, or as a draft. The same document again makes no new version.
 * Failures: `invalid_input` with every complaint, `conflict` where `baseVersion` is not the newest.
 */
export async function saveConnection(
  scope: ActingScope,
  { name, document: json, draft = false, baseVersion }: SaveConnectionInput,
): Promise<SaveConnectionResult> {
  requireRole(scope, "engineer");
  const document = draft ? readDraft(json) : await readCurrent(scope, name, json);
  const version = await scope.sources.save({
    workspaceId: scope.workspace.id,
    name,
    draft,
    document,
    baseVersion,
    createdBy: scope.actor.name,
    at: scope.clock.now(),
  });
  await recordAudit(scope, "connection.saved", name, { version, draft });
  const pinned = document.version;
  return { name, version, document, connectorVersion: typeof pinned === "string" ? pinned : null };
}

async function readCurrent(scope: ActingScope, name: string, json: unknown): Promise<ConnectionDocument> {
  const checked = await checkDocument(scope, name, json);
  if (!checked.ok) throw refused(checked.errors);
  return pinned(scope, name, checked.document);
}

/** With the connector's version: the one that the connection has had, or the one that Benchwright was tested with. */
async function pinned(
  scope: ActingScope,
  name: string,
  document: ConnectionDocument,
): Promise<ConnectionDocument> {
  if (document.version !== undefined) return document;
  const before = (await scope.sources.connection(scope.workspace.id, name))?.current?.document;
  const kept = before?.connector === document.connector ? before.version : undefined;
  const version = kept ?? testedVersion(document.connector);
  return version === null ? document : { ...document, version };
}

/** A draft may be unfinished; that it is an object without secrets is asked of it all the same. */
function readDraft(json: unknown): Record<string, unknown> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(json);
  if (!parsed.success) throw refused([{ pointer: "", message: "A connection is a JSON object." }]);
  const errors = refusePlainSecrets(parsed.data.config);
  if (errors.length > 0) throw refused(errors);
  return parsed.data;
}

const refused = (errors: InputError[]): Failure =>
  new Failure(
    "invalid_input",
    `The connection has ${errors.length === 1 ? "an error" : `${errors.length} errors`}.`,
    { errors },
  );
