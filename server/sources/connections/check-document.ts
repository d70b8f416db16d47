import type { InputError } from "../../../domain/shared/failure";
import type { ConnectionDocument } from "../../../domain/sources/connection-document";
import { ConnectionName } from "../../../domain/sources/connection-document";
import { testedVersion } from "../../../domain/sources/connector-catalog";
import { destinationTable } from "../../../domain/sources/destination-table";
import { parseConnection } from "../../../domain/sources/parse-connection";
import type { SourceScope } from "../source-scope";

export type CheckedDocument =
  | { ok: true; document: ConnectionDocument }
  | { ok: false; errors: InputError[] };

/** Every complaint about a document in this workspace: those of its own, and tables that another connection writes. */
export async function checkDocument(
  scope: SourceScope,
  name: string,
  json: unknown,
): Promise<CheckedDocument> {
  const named = ConnectionName.safeParse(name);
  const nameErrors = named.success
    ? []
    : named.error.issues.map((issue) => ({ pointer: "", message: `The name "${name}": ${issue.message}.` }));
  const parsed = parseConnection(name, json, await knownSpec(scope, json));
  if (!parsed.ok) return { ok: false, errors: [...nameErrors, ...parsed.errors] };
  const errors = [...nameErrors, ...(await takenTables(scope, name, parsed.document))];
  return errors.length === 0 ? parsed : { ok: false, errors };
}

/** The connector's own spec where this version of it was asked before. */
async function knownSpec(scope: SourceScope, json: unknown): Promise<unknown> {
  const { connector, version } = (json ?? {}) as { connector?: unknown; version?: unknown };
  if (typeof connector !== "string") return null;
  const wanted = typeof version === "string" ? version : testedVersion(connector);
  const spec = wanted === null ? null : await scope.sources.spec(connector, wanted);
  return spec?.connectionSpecification ?? null;
}

async function takenTables(
  scope: SourceScope,
  name: string,
  document: ConnectionDocument,
): Promise<InputError[]> {
  const others = (await scope.sources.connections(scope.workspace.id)).filter((each) => each.name !== name);
  const owners = new Map(
    others.flatMap(({ name: owner, current }) =>
      (current?.document.streams ?? []).map((stream) => [
        current === null ? "" : destinationTable(owner, current.document, stream),
        owner,
      ]),
    ),
  );
  return document.streams.flatMap((stream, index) => {
    const table = destinationTable(name, document, stream);
    const owner = owners.get(table);
    if (owner === undefined) return [];
    return [
      {
        pointer: `/streams/${index}`,
        message: `The connection ${owner} writes ${table} already. Give this stream another destination.`,
      },
    ];
  });
}
