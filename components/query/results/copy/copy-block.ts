import { Failure } from "@/domain/shared/failure";
import { inColumn } from "../cells/arrow-value";
import { type CellText, cellText, NULL_TEXT } from "../cells/cell-text";
import type { ResultSource, ResultWindow } from "../result-source";
import { rowsARequest } from "../rows/row-store";
import { type CopyFormat, copyWriter } from "./copy-text";

export type CopyBlock = {
  /** Runs of rows, both ends included. */
  rows: readonly { first: number; last: number }[];
  /** Places in the result. */
  columns: readonly number[];
};

/** More than this is a matter for an export. */
export const MOST_CELLS = 2_000_000;

/**
 * The text of a block of a result, read from its source window by window.
 *
 * Failures: `resource_exhausted` above `MOST_CELLS`; those of `read`.
 */
export async function copyBlock(
  source: ResultSource,
  block: CopyBlock,
  format: CopyFormat,
  hasNames: boolean,
  signal: AbortSignal,
): Promise<string> {
  const count = block.rows.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (count * block.columns.length > MOST_CELLS) {
    throw new Failure("resource_exhausted", "The selection is too large to copy.", {
      hint: `Up to ${MOST_CELLS.toLocaleString("en-US")} cells can be copied. Export the result instead: it has all rows.`,
    });
  }
  const columns = block.columns.map((column) => source.columns[column] ?? { name: "", type: "" });
  const writer = copyWriter(format, columns, hasNames);
  const lines: string[] = [];
  for (const { first, last } of block.rows) {
    let row = first;
    while (row <= last) {
      const limit = Math.min(last - row + 1, 4 * rowsARequest(source.columns.length));
      const window = await source.read(row, limit, signal);
      const end = Math.min(last + 1, window.firstRow + window.table.numRows);
      if (window.firstRow > row || end <= row) {
        throw new Failure("not_found", `Row ${row + 1} did not come.`, {
          hint: "The result may have been let go. Run the statement again.",
        });
      }
      for (; row < end; row += 1) lines.push(writer.row(readRow(window, row, block.columns)));
    }
  }
  return writer.around(lines.join(writer.between));
}

function readRow({ firstRow, table }: ResultWindow, row: number, columns: readonly number[]): CellText[] {
  return columns.map((column) => {
    const found = inColumn(table.getChildAt(column), row - firstRow);
    return found === null ? NULL_TEXT : cellText(found.batch, found.index);
  });
}
