import type { Lineage } from "./knowledge";

/** Something that was run: it read tables and wrote others. */
export type TableMaker = {
  reads: readonly string[];
  writes: readonly { table: string; startsAnew: boolean }[];
  /** The pipeline that it belongs to; null where it is a statement of its own. */
  by: string | null;
};

/**
 * What each table is made of, by what was run: `makers` come newest first. A maker that starts a table anew ends what
 * statements before it put there; what a pipeline makes again and again stays. A table made of itself is no lineage.
 */
export function tableLineage(makers: readonly TableMaker[]): Lineage {
  const lineage = new Map<string, Map<string, string | null>>();
  for (const { reads, table, by } of lasting(makers)) {
    const sources = lineage.get(table) ?? new Map<string, string | null>();
    for (const source of reads) if (source !== table && !sources.has(source)) sources.set(source, by);
    if (sources.size > 0) lineage.set(table, sources);
  }
  return Object.fromEntries(
    [...lineage].map(([table, sources]) => [table, [...sources].map(([source, by]) => ({ source, by }))]),
  );
}

/** What was put into each table and is still there. */
function lasting(makers: readonly TableMaker[]) {
  const ended = new Set<string>();
  return makers.flatMap(({ reads, writes, by }) =>
    writes.flatMap(({ table, startsAnew }) => {
      if (by !== null) return { reads, table, by };
      if (ended.has(table)) return [];
      if (startsAnew) ended.add(table);
      return { reads, table, by };
    }),
  );
}
