import type { Batch, Column, Table } from "@uwdata/flechette";

const sizeOf = (buffer: ArrayBufferView | null | undefined): number => buffer?.byteLength ?? 0;

function batchBytes(batch: Batch<unknown>): number {
  const { validity, values, offsets, sizes, children } = batch;
  const views = (batch as unknown as { data?: Uint8Array[] }).data ?? [];
  let bytes = sizeOf(validity) + sizeOf(values) + sizeOf(offsets) + sizeOf(sizes);
  for (const view of views) bytes += sizeOf(view);
  for (const child of children ?? []) bytes += batchBytes(child);
  return bytes;
}

/** How much memory the values of a table take. */
export function tableBytes(table: Table): number {
  let bytes = 0;
  for (const column of table.children as Column<unknown>[]) {
    for (const batch of column.data) bytes += batchBytes(batch);
  }
  return bytes;
}
