import type { LakeTable } from "./lake-types";
import { nameParts } from "./table/as-of-sql";

export type TableGroup = { schema: string; tables: { table: LakeTable; shortName: string }[]; bytes: number };

/** The tables by catalog and schema, each in the order of the alphabet; `filter` words must all stand in the name. */
export function prepareTables(tables: readonly LakeTable[], filter: string): TableGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, TableGroup>();
  const byName = [...tables].sort((a, b) => a.name.localeCompare(b.name, "en"));
  for (const table of byName) {
    if (!words.every((word) => table.name.toLowerCase().includes(word))) continue;
    const parts = nameParts(table.name);
    const schema = parts.slice(0, -1).join(".");
    const group = groups.get(schema) ?? { schema, tables: [], bytes: 0 };
    group.tables.push({ table, shortName: parts.at(-1) ?? table.name });
    group.bytes += table.bytes;
    groups.set(schema, group);
  }
  return [...groups.values()];
}
