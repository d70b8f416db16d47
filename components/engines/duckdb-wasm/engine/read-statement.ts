import { tableFromIPC } from "@uwdata/flechette";
import type { ResultColumn } from "@/domain/query/result-column";
import { END_OF_STREAM } from "@/domain/query/result-spool";
import { Failure } from "@/domain/shared/failure";
import { arrowMessages, concatBytes } from "../arrow/arrow-stream";
import { exactSelect } from "./exact-select";
import { EngineEnded, type Owner, type WasmEngine } from "./wasm-engine";
import { wasmFailure } from "./wasm-failure";

export type RowsListener = {
  /** The columns, and the schema message of the Arrow stream whose further messages follow. */
  onColumns?: (columns: ResultColumn[], schema: Uint8Array) => void;
  onMessage?: (message: Uint8Array) => void;
};

/**
 * How rows come. `gathered`: DuckDB gathers all of them before it gives the first, in batches that are full; else it gives
 * each batch as it comes out of the statement's last step, where a filter may leave little of it.
 */
export type RowsManner = { gathered: boolean };

const ASK = "DESCRIBE ";

/** So many batches are asked for at a time: the worker then works while the page takes the last one. */
const AHEAD = 3;
/** Those that are gathered need no more work, so that nobody who cancels waits for them. */
const AHEAD_GATHERED = 8;

/** Columns of a statement, which is only bound for this. Two statements in one text are refused. */
export async function describeStatement(
  engine: WasmEngine,
  owner: Owner,
  connection: number,
  sql: string,
): Promise<ResultColumn[]> {
  const prepared = await engine
    .ask(owner, (database) => database.createPrepared(connection, `${ASK}${sql}`))
    .catch((error) => {
      throw error instanceof EngineEnded ? error : wasmFailure(error, sql, ASK);
    });
  try {
    const bytes = await engine.ask(owner, (database) => database.runPrepared(connection, prepared, []));
    return tableFromIPC(bytes)
      .toArray()
      .map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  } finally {
    void engine.ask(owner, (database) => database.closePrepared(connection, prepared)).catch(() => {});
  }
}

/**
 * Runs one SELECT and gives its rows as they come, every type so that no digit is lost. Stops at the next batch once
 * `signal` is aborted.
 */
export async function readStatement(
  engine: WasmEngine,
  owner: Owner,
  connection: number,
  sql: string,
  signal: AbortSignal,
  listener: RowsListener,
  { gathered }: RowsManner = { gathered: false },
): Promise<void> {
  const check = () => {
    if (signal.aborted) throw new Failure("cancelled", "The statement was cancelled.");
  };
  const columns = await describeStatement(engine, owner, connection, sql);
  check();
  let head = await engine.ask(owner, (database) =>
    database.startPendingQuery(connection, exactSelect(sql, columns), !gathered),
  );
  while (head === null) {
    check();
    head = await engine.ask(owner, (database) => database.pollPendingQuery(connection));
  }
  const [schema] = arrowMessages(head);
  if (schema === undefined) throw new Failure("engine_failed", "DuckDB sent a result without columns.");
  listener.onColumns?.(columns, schema);
  for await (const batch of batches(engine, owner, connection, gathered ? AHEAD_GATHERED : AHEAD)) {
    check();
    for (const message of arrowMessages(batch)) listener.onMessage?.(message);
  }
}

async function* batches(
  engine: WasmEngine,
  owner: Owner,
  connection: number,
  ahead: number,
): AsyncGenerator<Uint8Array> {
  const next = () => {
    const batch = engine.ask(owner, (database) => database.fetchQueryResults(connection));
    batch.catch(() => {});
    return batch;
  };
  const asked = Array.from({ length: ahead }, next);
  for (;;) {
    const batch = await (asked.shift() as ReturnType<typeof next>);
    if (batch?.length === 0) return;
    asked.push(next());
    if (batch !== null) yield batch;
  }
}

/** The rows of a short statement of the app, as one Arrow IPC stream. */
export async function readWhole(
  engine: WasmEngine,
  owner: Owner,
  connection: number,
  sql: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  await readStatement(engine, owner, connection, sql, signal, {
    onColumns: (_, schema) => parts.push(schema),
    onMessage: (message) => parts.push(message),
  });
  return concatBytes([...parts, END_OF_STREAM]);
}
