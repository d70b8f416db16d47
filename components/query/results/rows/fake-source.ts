import { columnFromArray, int32, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { decodeWindow } from "../decode-window";
import type { ResultSource, ResultWindow } from "../result-source";

export type Asked = {
  offset: number;
  limit: number;
  signal: AbortSignal;
  answer: (window: ResultWindow) => void;
  fail: (error: unknown) => void;
};

/** Rows of one column that holds the number of the row. */
export function windowOf(firstRow: number, rows: number): ResultWindow {
  const numbers = Array.from({ length: rows }, (_, index) => firstRow + index);
  const bytes = tableToIPC(tableFromColumns([["n", columnFromArray(numbers, int32())]]), {});
  return { firstRow, table: decodeWindow(bytes ?? new Uint8Array()) };
}

/** A source for tests whose requests are answered by hand. */
export function fakeSource(rows: number, columns = 1) {
  const asked: Asked[] = [];
  const listeners = new Set<() => void>();
  const state = { rows };
  const source: ResultSource = {
    id: "r",
    columns: Array.from({ length: columns }, () => ({ name: "n", type: "INTEGER" })),
    get rows() {
      return state.rows;
    },
    isComplete: true,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: (offset, limit, signal) =>
      new Promise((answer, fail) => asked.push({ offset, limit, signal, answer, fail })),
    view: () => Promise.reject(new Error("not asked")),
    rowsOf: () => Promise.reject(new Error("not asked")),
    exportAs: () => Promise.reject(new Error("not asked")),
    close: () => {},
  };
  return {
    source,
    asked,
    grow: (to: number) => {
      state.rows = to;
      for (const listener of listeners) listener();
    },
  };
}
