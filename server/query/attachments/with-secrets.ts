import type { AttachedDatabase, ForeignCatalog } from "../../../domain/ports/statement-engine";
import { fillSecrets } from "../../../domain/sources/fill-secrets";
import { findSecretReferences } from "../../../domain/sources/find-secret-references";
import type { Attachment, AttachmentScope } from "./attachment-scope";

type Foreign = Extract<Attachment, { kind: "foreign" }>;
type Postgres = Extract<Attachment, { kind: "postgres" }>;

export async function openForeign(scope: AttachmentScope, attachment: Foreign): Promise<ForeignCatalog> {
  const { catalog, connector, properties } = attachment;
  const values = await secretsIn(scope, properties);
  return { catalog, connector, properties: fillSecrets(properties, values) as Record<string, string> };
}

export async function openDatabase(
  scope: AttachmentScope,
  { catalog, address }: Postgres,
): Promise<AttachedDatabase> {
  const filled = fillSecrets(address, await secretsIn(scope, address)) as typeof address;
  return { catalog, kind: "postgres", ...filled };
}

async function secretsIn(scope: AttachmentScope, value: unknown): Promise<Map<string, string>> {
  const names = [...new Set(findSecretReferences(value).map((each) => each.name))];
  return names.length === 0 ? new Map() : scope.openSecrets(scope.workspace.id, names);
}
