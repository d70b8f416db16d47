import type { Cell } from "@/domain/ports/rows";
import type { ResultColumn } from "@/domain/query/result-column";
import type { ResultView } from "@/domain/query/result-view";
import type { ExportFormat, ResultSource } from "../result-source";
import { fetchWindow } from "./fetch-window";
import { type Extent, type ExtentCell, extentCell } from "./result-extent";

/** What the server is asked besides rows; `viewId` is null for the result as it came. */
export type ResultProcedures = {
  view: (view: ResultView, signal: AbortSignal) => Promise<{ viewId: string; rows: number }>;
  rowsOf: (sql: string, viewId: string | null, signal: AbortSignal) => Promise<Cell[][]>;
};

export type ServerResult = {
  workspace: string;
  queryId: string;
  columns: readonly ResultColumn[];
  extent: Extent;
  procedures: ResultProcedures;
};

/** A result that the server keeps, and how to say that it has grown. */
export type ServerResultSource = { source: ResultSource; setExtent: (extent: Extent) => void };

const isWhole = ({ sort, filters, search }: ResultView): boolean =>
  sort.length === 0 && filters.length === 0 && search === "";

export function serverResultSource(result: ServerResult): ServerResultSource {
  const extent = extentCell(result.extent);
  return { source: sourceOf(result, null, extent), setExtent: extent.set };
}

function sourceOf(result: ServerResult, viewId: string | null, extent: ExtentCell): ResultSource {
  const { workspace, queryId, columns, procedures } = result;
  const closed = new AbortController();
  const whileOpen = (signal: AbortSignal) => AbortSignal.any([signal, closed.signal]);
  return {
    id: viewId === null ? queryId : `${queryId}/${viewId}`,
    columns,
    get rows() {
      return extent.now.rows;
    },
    get isComplete() {
      return extent.now.isComplete;
    },
    subscribe: extent.subscribe,
    read: (offset, limit, signal) =>
      fetchWindow({ workspace, queryId, viewId, offset, limit }, whileOpen(signal)),
    view: async (view, signal) => {
      if (isWhole(view)) return sourceOf(result, null, extent);
      const { viewId: id, rows } = await procedures.view(view, whileOpen(signal));
      return sourceOf(result, id, extentCell({ rows, isComplete: true }));
    },
    rowsOf: (sql, signal) => procedures.rowsOf(sql, viewId, whileOpen(signal)),
    exportAs: async (format) => ({ url: exportUrl(result, viewId, format), release: () => {} }),
    close: () => closed.abort(),
  };
}

/** The server streams the file and names it. */
function exportUrl(
  { workspace, queryId }: ServerResult,
  viewId: string | null,
  format: ExportFormat,
): string {
  const query = new URLSearchParams({ format });
  if (viewId !== null) query.set("view", viewId);
  return `/api/results/${encodeURIComponent(workspace)}/${encodeURIComponent(queryId)}/export?${query}`;
}
