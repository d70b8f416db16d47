import type { Table } from "@uwdata/flechette";
import type { ResultWindow } from "../result-source";
import { tableBytes } from "./table-bytes";

type Kept = { firstRow: number; endRow: number; table: Table; bytes: number; usedAt: number };

/** A row of what is kept: its window, and its place in it. */
export type KeptRow = { table: Table; at: number };

/** Windows of rows within a budget of bytes; what was used longest ago goes first. Windows may overlap. */
export type WindowCache = {
  add: (window: ResultWindow) => void;
  row: (row: number) => KeptRow | null;
  /** The first row of `[first, end)` that is not kept, or null. */
  firstMissing: (first: number, end: number) => number | null;
  readonly bytes: number;
  clear: () => void;
};

export function windowCache(budgetBytes: number): WindowCache {
  /** By first row. */
  let kept: Kept[] = [];
  let bytes = 0;
  let clock = 0;
  let last: Kept | null = null;

  const holds = (window: Kept, row: number): boolean => row >= window.firstRow && row < window.endRow;
  const find = (row: number): Kept | null => {
    if (last !== null && holds(last, row)) return last;
    const place = placeAfter(kept, row);
    // Windows that began earlier may reach further than the nearest one.
    for (let at = place - 1; at >= 0; at -= 1) {
      const window = kept[at];
      if (window !== undefined && holds(window, row)) {
        window.usedAt = ++clock;
        last = window;
        return window;
      }
    }
    return null;
  };
  const drop = (window: Kept) => {
    kept = kept.filter((other) => other !== window);
    bytes -= window.bytes;
    if (last === window) last = null;
  };
  const makeRoom = (fresh: Kept) => {
    while (bytes > budgetBytes && kept.length > 1) {
      const oldest = kept.reduce<Kept | null>(
        (old, window) => (window !== fresh && (old === null || window.usedAt < old.usedAt) ? window : old),
        null,
      );
      if (oldest === null) return;
      drop(oldest);
    }
  };
  return {
    add: ({ firstRow, table }) => {
      if (table.numRows === 0) return;
      const fresh: Kept = {
        firstRow,
        endRow: firstRow + table.numRows,
        table,
        bytes: tableBytes(table),
        usedAt: ++clock,
      };
      for (const old of kept) {
        if (old.firstRow >= fresh.firstRow && old.endRow <= fresh.endRow) drop(old);
      }
      kept = kept.toSpliced(placeAfter(kept, firstRow), 0, fresh);
      bytes += fresh.bytes;
      makeRoom(fresh);
    },
    row: (row) => {
      const window = find(row);
      return window === null ? null : { table: window.table, at: row - window.firstRow };
    },
    firstMissing: (first, end) => {
      let row = first;
      while (row < end) {
        const window = find(row);
        if (window === null) return row;
        row = window.endRow;
      }
      return null;
    },
    get bytes() {
      return bytes;
    },
    clear: () => {
      kept = [];
      bytes = 0;
      last = null;
    },
  };
}

/** The place of the first window that begins after `row`. */
function placeAfter(kept: readonly Kept[], row: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((kept[middle]?.firstRow ?? 0) <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}
