import type { LakeAdmin } from "../../../domain/ports/lake-admin";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import type { WorkspaceScope } from "../../workspaces/index";

/** Tables whose keys are looked up for one answer; those of the others are found later, a few at a time. */
const MOST_ASKED = 200;
const AT_ONCE = 8;
const KEPT = 20_000;

/** Keys of the states of tables that were looked at. A metadata file never changes. */
const known = new Map<string, string[]>();

/** The columns that tell rows apart, by table; a table whose key is not known yet is not among them. */
export async function tableKeys(
  { lakeAdmin, workspace }: WorkspaceScope<{ lakeAdmin: Pick<LakeAdmin, "describe"> }>,
  tables: CatalogTable[],
): Promise<Map<string, string[]>> {
  const missing = tables.filter(({ metadataLocation }) => !known.has(metadataLocation)).slice(0, MOST_ASKED);
  const next = missing.values();
  const ask = async () => {
    for (const { name, metadataLocation } of next) {
      const table = await lakeAdmin.describe(workspace.id, name).catch(() => null);
      if (table !== null) known.set(metadataLocation, table.key);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return new Map(
    tables.flatMap(({ name, metadataLocation }) => {
      const key = known.get(metadataLocation);
      return key === undefined ? [] : [[name, key] as const];
    }),
  );
}
