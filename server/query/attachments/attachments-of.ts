import { RESERVED_CATALOGS } from "../../../domain/query/catalog-document";
import { postgresAddress } from "../../../domain/query/postgres-address";
import type { StoredConnection } from "../../sources/index";
import type { Attachment, AttachmentProblem, AttachmentScope, Attachments } from "./attachment-scope";
import { pruneCatalogs } from "./prune-catalogs";

/**
 * The databases that statements of the workspace may read in place: each current connection with source-postgres under
 * its name with underscores, and under the catalog that its document names; and each catalog document under its name. A
 * name that two claim belongs to neither. By catalog. A shared engine is told in passing which catalogs are no longer needed.
 */
export async function attachmentsOf(
  scope: Pick<AttachmentScope, "sources" | "queryCatalogs" | "foreignCatalogs" | "workspace">,
): Promise<Attachments> {
  const [connections, catalogs] = await Promise.all([
    scope.sources.connections(scope.workspace.id),
    scope.queryCatalogs.catalogs(scope.workspace.id),
  ]);
  const problems: AttachmentProblem[] = [];
  const claims = connections.flatMap((connection) => {
    const read = claimsOf(connection);
    if (Array.isArray(read)) return read;
    problems.push(read);
    return [];
  });
  for (const { document } of catalogs) {
    const { name, connector, properties } = document;
    claims.push({ catalog: name, source: name, kind: "foreign", connector, properties });
  }
  const attachments: Attachment[] = [];
  for (const claim of claims) {
    const message = refusal(claim, claims);
    if (message === null) attachments.push(claim);
    else problems.push({ catalog: claim.catalog, source: claim.source, message });
  }
  const byCatalog = (a: { catalog: string }, b: { catalog: string }) => (a.catalog < b.catalog ? -1 : 1);
  attachments.sort(byCatalog);
  // Nobody waits for it.
  void pruneCatalogs(scope, attachments);
  return { attachments, problems: problems.sort(byCatalog) };
}

function claimsOf({ name, current }: StoredConnection): Attachment[] | AttachmentProblem {
  if (current?.document.connector !== "source-postgres") return [];
  const own = name.replaceAll("-", "_");
  const read = postgresAddress(current.document.config);
  if (!read.ok) return { catalog: own, source: name, message: read.reason };
  const names = new Set([own, current.document.catalog ?? own]);
  return [...names].map((catalog) => ({
    catalog,
    source: name,
    kind: "postgres" as const,
    address: read.address,
  }));
}

function refusal(claim: Attachment, claims: Attachment[]): string | null {
  const { catalog } = claim;
  if (RESERVED_CATALOGS.includes(catalog)) {
    return `The name ${catalog} is taken by Benchwright itself. Name the connection otherwise.`;
  }
  const others = claims.filter((each) => each !== claim && each.catalog === catalog);
  if (others.length === 0) return null;
  return `The name ${catalog} is claimed by ${others.map(wordsOf).join(", ")} too, so neither has it.`;
}

const wordsOf = ({ kind, source }: Attachment): string =>
  kind === "postgres" ? `the connection ${source}` : `the catalog document ${source}`;
