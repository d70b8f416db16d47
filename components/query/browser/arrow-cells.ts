import type { Column, Table } from "@uwdata/flechette";
import { Type } from "@uwdata/flechette";
import type { Cell } from "@/domain/ports/rows";
import { type ArrowBatch, inColumn } from "../results/cells/arrow-value";
import { cellText } from "../results/cells/cell-text";

/** Rows of a small table as JSON values; 64-bit integers, decimals, times and nested values as text. */
export function arrowCells(table: Table): Cell[][] {
  const columns = table.children as Column<unknown>[];
  return Array.from({ length: table.numRows }, (_, row) => columns.map((column) => cellAt(column, row)));
}

function cellAt(column: Column<unknown>, row: number): Cell {
  const found = inColumn(column, row);
  return found === null ? null : jsonCell(found.batch, found.index);
}

/** A value as a cell. `batch` and `index` may stand for NULL. */
export function jsonCell(batch: ArrowBatch, index: number): Cell {
  const { kind, text } = cellText(batch, index);
  if (kind === "null") return null;
  if (kind === "boolean") return text === "true";
  const isSmall =
    batch.type.typeId === Type.Float || (batch.type.typeId === Type.Int && batch.type.bitWidth < 64);
  return kind === "number" && isSmall && Number.isFinite(Number(text)) ? Number(text) : text;
}
