type Column = { id: number; name: string; type: string };

/** One column as it was and as it is; null on the side that lacks it. */
export type ColumnPair = { id: number; before: Column | null; after: Column | null };

/** Pairs the columns of two shapes of one table by their ids, so that a renamed column stays one; in the later order. */
export function pairColumns(before: Column[], after: Column[]): ColumnPair[] {
  const earlier = new Map(before.map((column) => [column.id, column]));
  const kept = after.map(
    (column): ColumnPair => ({
      id: column.id,
      before: earlier.get(column.id) ?? null,
      after: column,
    }),
  );
  const later = new Set(after.map((column) => column.id));
  const dropped = before.filter((column) => !later.has(column.id));
  return [...kept, ...dropped.map((column): ColumnPair => ({ id: column.id, before: column, after: null }))];
}
