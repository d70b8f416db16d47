import { compileView, withinView } from "@/domain/query/compile/compile-view";
import type { ResultView } from "@/domain/query/result-view";
import { Failure } from "@/domain/shared/failure";
import { decodeWindow } from "../results/decode-window";
import type { ExportFormat, ResultSource, ResultWindow } from "../results/result-source";
import { type ExtentCell, extentCell } from "../results/source/result-extent";
import { arrowCells } from "./arrow-cells";
import type { BrowserEngine } from "./browser-engine";
import { exportArrow, exportText, type Windows } from "./export-local";
import { type LocalResult, rowNumbers } from "./local-result";

/** The order of a view: row numbers of the result. */
type Order = { view: ResultView; numbers: Float64Array; id: string };

const EXPORT_ROWS = 20_000;
const locals = new WeakMap<ResultSource, LocalResult>();

/** The rows behind a source, where they are in this page. */
export const localOf = (source: ResultSource): LocalResult | null => locals.get(source) ?? null;

/** A result in this page, and how to say that it has grown. */
export function wasmResultSource(
  engine: BrowserEngine,
  local: LocalResult,
): { source: ResultSource; setExtent: ExtentCell["set"] } {
  const extent = extentCell({ rows: local.rows, isComplete: false });
  return { source: sourceOf(engine, local, null, extent), setExtent: extent.set };
}

const isWhole = ({ sort, filters, search }: ResultView): boolean =>
  sort.length === 0 && filters.length === 0 && search === "";

function sourceOf(
  engine: BrowserEngine,
  local: LocalResult,
  order: Order | null,
  extent: ExtentCell,
): ResultSource {
  const { columns, key, database } = local;
  const closed = new AbortController();
  const options = (signal: AbortSignal) => ({
    needs: [key],
    database,
    signal: AbortSignal.any([signal, closed.signal]),
  });
  const complete = () => {
    if (!extent.now.isComplete) {
      throw new Failure("conflict", "The statement still runs; wait for its last row.", { retryable: true });
    }
  };
  const read = async (offset: number, limit: number, signal: AbortSignal): Promise<ResultWindow> => {
    signal.throwIfAborted();
    if (order !== null) return gather(engine, local, order, offset, limit, options(signal));
    const { firstRow, stream } = local.window(offset, limit);
    return { firstRow, table: decodeWindow(stream) };
  };

  const source: ResultSource = {
    id: order === null ? database : `${database}/${order.id}`,
    columns,
    get rows() {
      return extent.now.rows;
    },
    get isComplete() {
      return extent.now.isComplete;
    },
    subscribe: extent.subscribe,
    read,
    async view(view, signal) {
      if (isWhole(view)) return sourceOf(engine, local, null, extent);
      complete();
      const numbers = rowNumbers(await engine.session.query(compileView(view, columns), options(signal)));
      const id = JSON.stringify(view);
      return sourceOf(
        engine,
        local,
        { view, numbers, id },
        extentCell({ rows: numbers.length, isComplete: true }),
      );
    },
    async rowsOf(sql, signal) {
      complete();
      const within = withinView(sql, order?.view ?? null, columns);
      return arrowCells(decodeWindow(await engine.session.query(within, options(signal))));
    },
    async exportAs(format, signal) {
      complete();
      const blob = await exportBlob(format, local, order, windowsOf(read, extent.now.rows, signal), signal);
      const url = URL.createObjectURL(blob);
      return { url, release: () => URL.revokeObjectURL(url) };
    },
    close() {
      closed.abort(new Failure("cancelled", "The result was closed."));
      // A view shares the rows of its result.
      if (order === null) local.close();
    },
  };
  locals.set(source, local);
  return source;
}

type Read = (offset: number, limit: number, signal: AbortSignal) => Promise<ResultWindow>;

async function* windowsOf(read: Read, rows: number, signal: AbortSignal): Windows {
  for (let offset = 0; offset < rows; ) {
    const { firstRow, table } = await read(offset, EXPORT_ROWS, signal);
    if (table.numRows === 0) return;
    yield table;
    offset = firstRow + table.numRows;
  }
}

async function exportBlob(
  format: ExportFormat,
  local: LocalResult,
  order: Order | null,
  windows: Windows,
  signal: AbortSignal,
): Promise<Blob> {
  switch (format) {
    case "csv":
    case "json":
      return exportText(format, local.columns, windows, signal);
    case "arrow": {
      if (order === null) return exportArrow(local.schema(), local.chunks());
      const { tableToIPC } = await import("@uwdata/flechette");
      const { splitArrow } = await import("@/components/engines/duckdb-wasm/arrow/arrow-stream");
      const messages: Uint8Array[] = [];
      for await (const table of windows) {
        messages.push(...splitArrow(tableToIPC(table, { format: "stream" }) as Uint8Array).messages);
      }
      return exportArrow(local.schema(), messages);
    }
    case "parquet":
      throw new Failure("invalid_input", "DuckDB in the browser writes no Parquet.", {
        hint: "Run the statement on the server to export Parquet, or take Arrow.",
      });
  }
}

async function gather(
  engine: BrowserEngine,
  local: LocalResult,
  { numbers }: Order,
  offset: number,
  limit: number,
  options: { needs: string[]; database: string; signal: AbortSignal },
): Promise<ResultWindow> {
  const picked = numbers.subarray(offset, offset + limit);
  if (picked.length === 0)
    return { firstRow: offset, table: decodeWindow(local.window(local.rows, 1).stream) };
  const names = local.columns.map((_, at) => `r.c${at}`).join(", ");
  const list = `(SELECT [${picked.join(", ")}]::BIGINT[] AS picks)`;
  const places = `(SELECT unnest(picks) AS n, generate_subscripts(picks, 1) AS place FROM ${list})`;
  const sql = `SELECT ${names} FROM ${places} AS picked JOIN ${local.table} AS r ON r.rowid = picked.n ORDER BY picked.place`;
  return { firstRow: offset, table: decodeWindow(await engine.session.query(sql, options)) };
}
