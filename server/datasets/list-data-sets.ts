import { z } from "zod";
import { DataSetKind, DataSetRecord } from "../../domain/datasets/data-set-record";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import type { DataSetScope } from "./data-set-scope";
import { publishedKind } from "./kinds/kind-of";
import type { KnownDataSet } from "./kinds/published-kind";
import { toRecord } from "./to-record";

export const ListDataSetsInput = z.object({
  kind: DataSetKind.optional(),
  /** Part of a name, title or owner. */
  q: z.string().max(200).optional(),
});
export const ListDataSetsResult = z.object({
  items: z.array(DataSetRecord),
  /** Kinds whose engine does not answer, which are therefore left out. */
  unavailable: z.array(z.object({ kind: DataSetKind, message: z.string() })),
});

/** Tables, models, reports and dashboards, the last changed first. Drafts are for those who may draft. */
export async function listDataSets(
  scope: DataSetScope,
  { kind, q = "" }: z.infer<typeof ListDataSetsInput>,
): Promise<z.infer<typeof ListDataSetsResult>> {
  requireRole(scope, "viewer");
  const { store, workspace } = scope;
  const kinds = kind === undefined ? DataSetKind.options : [kind];
  const unavailable: { kind: DataSetKind; message: string }[] = [];
  const listed = async (each: DataSetKind): Promise<KnownDataSet[]> => {
    try {
      return await publishedKind(scope, each).list();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== "engine_unavailable") throw error;
      unavailable.push({ kind: each, message: error.message });
      return [];
    }
  };
  const [owners, done, intended, ...found] = await Promise.all([
    store.owners(workspace.id),
    store.latestPublications(workspace.id),
    store.intendedPublications(workspace.id),
    ...kinds.map(listed),
  ]);
  const idOf = (of: { kind: string; name: string }) => `${of.kind} ${of.name}`;
  const ownerOf = new Map(owners.map((each) => [idOf(each), each.owner]));
  const publicationOf = new Map([...done, ...intended].map((each) => [idOf(each), each]));
  const wanted = q.trim().toLowerCase();
  const items = found
    .flatMap((known, index) => {
      const each = kinds[index] ?? "table";
      return known.map((one) => {
        const id = idOf({ kind: each, name: one.name });
        return toRecord(each, one, {
          owner: ownerOf.get(id) ?? null,
          publication: publicationOf.get(id) ?? null,
        });
      });
    })
    .filter(({ name, title, owner }) =>
      [name, title, owner ?? ""].some((text) => text.toLowerCase().includes(wanted)),
    )
    .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || a.name.localeCompare(b.name));
  return { items, unavailable };
}
