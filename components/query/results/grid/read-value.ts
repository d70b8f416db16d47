import { inColumn } from "../cells/arrow-value";
import { type CellText, cellText, NULL_TEXT } from "../cells/cell-text";
import type { RowStore } from "../rows/row-store";

/** The whole value of a cell, or null while its row is not here. */
export function readValue(store: RowStore | null, row: number, column: number): CellText | null {
  const kept = store?.row(row) ?? null;
  if (kept === null) return null;
  const found = inColumn(kept.table.getChildAt(column), kept.at);
  return found === null ? NULL_TEXT : cellText(found.batch, found.index);
}
