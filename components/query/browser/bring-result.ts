import { tableToIPC } from "@uwdata/flechette";
import { concatBytes, renameColumns, splitArrow } from "@/components/engines/duckdb-wasm/arrow/arrow-stream";
import { distinctNames } from "@/components/engines/duckdb-wasm/tables/table-names";
import type { BrowserTable, TableOrigin } from "@/components/engines/duckdb-wasm/tables/table-store";
import { formatBytes } from "@/components/ui/format";
import { END_OF_STREAM } from "@/domain/query/result-spool";
import { Failure } from "@/domain/shared/failure";
import type { ResultSource } from "../results/result-source";
import type { BrowserEngine } from "./browser-engine";
import { sourceFromMessages } from "./run-in-browser";
import { localOf } from "./wasm-result-source";

export type BringProgress = { rows: number; ofRows: number; bytes: number };

export type BringOptions = {
  signal: AbortSignal;
  onProgress?: (progress: BringProgress) => void;
  /** More is not brought. Left out: what the page may hold. */
  byteLimit?: number;
};

const WINDOW_ROWS = 20_000;

type Part = { schema: Uint8Array; messages: Uint8Array[] };

/**
 * All rows of a complete result, wherever it is kept, window after window.
 * Failures: `conflict` while it grows, `resource_exhausted` past the limit, those of the source.
 */
async function* partsOf(source: ResultSource, limit: number, options: BringOptions): AsyncGenerator<Part> {
  const { signal, onProgress } = options;
  if (!source.isComplete) throw new Failure("conflict", "The statement still runs; wait for its last row.");
  let offset = 0;
  let bytes = 0;
  do {
    signal.throwIfAborted();
    const { firstRow, table } = await source.read(offset, WINDOW_ROWS, signal);
    if (firstRow !== offset || (table.numRows === 0 && offset < source.rows)) {
      throw new Failure("engine_failed", "The rows of the result did not come in order.", {
        retryable: true,
      });
    }
    const part = splitArrow(tableToIPC(table, { format: "stream" }) as Uint8Array);
    bytes += part.messages.reduce((sum, message) => sum + message.length, 0);
    if (bytes > limit) throw tooLarge(limit);
    offset += table.numRows;
    onProgress?.({ rows: offset, ofRows: source.rows, bytes });
    yield part;
  } while (offset < source.rows);
}

const tooLarge = (limit: number): Failure =>
  new Failure(
    "resource_exhausted",
    `The result is larger than the ${formatBytes(limit)} that are brought here.`,
    {
      hint: "Filter or group it on the server first.",
    },
  );

/** Brings a result into this browser as a table that statements can read by its name. */
export async function bringResult(
  engine: BrowserEngine,
  source: ResultSource,
  table: { path: readonly string[]; origin: TableOrigin },
  options: BringOptions,
): Promise<BrowserTable> {
  const names = distinctNames(source.columns.map(({ name }) => name));
  const limit = options.byteLimit ?? engine.memoryBytes / 2;
  return engine.tables.build({ ...table, signal: options.signal }, async (draft) => {
    for await (const { schema, messages } of partsOf(source, limit, options)) {
      await draft.addArrow(concatBytes([renameColumns(schema, names), ...messages, END_OF_STREAM]));
    }
  });
}

/** The same result with its rows in this page, so that it can be asked at once. The page's own results are given as they are. */
export async function localSource(
  engine: BrowserEngine,
  source: ResultSource,
  options: BringOptions,
): Promise<ResultSource> {
  if (localOf(source) !== null) return source;
  const limit = options.byteLimit ?? engine.resultBytes / 2;
  return sourceFromMessages(engine, async (local) => {
    let isFirst = true;
    for await (const { schema, messages } of partsOf(source, limit, options)) {
      if (isFirst) local.start(source.columns, schema);
      isFirst = false;
      for (const message of messages) local.add(message);
    }
  });
}
