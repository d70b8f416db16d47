/** DuckDB's types that results carry as their text (lake/workbench_query/run/columns.py), and that have an order of their own. */
const ORDERED = new Map([
  ["uhugeint", "BIGNUM"],
  ["bignum", "BIGNUM"],
  ["interval", "INTERVAL"],
  ["time with time zone", "TIMETZ"],
]);

/** A column as its type counts and orders it, even where it travelled as text. */
export function typedCell(cell: string, type: string): string {
  const carried = ORDERED.get(type.trim().toLowerCase());
  return carried === undefined ? cell : `CAST(${cell} AS ${carried})`;
}

/** Whole numbers past 128 bits, which DuckDB compares with whole numbers alone. */
export const isLongInteger = (type: string): boolean => ORDERED.get(type.trim().toLowerCase()) === "BIGNUM";
