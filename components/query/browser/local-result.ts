import { tableFromIPC } from "@uwdata/flechette";
import { joinArrow, renameColumns, rowsOfMessage } from "@/components/engines/duckdb-wasm/arrow/arrow-stream";
import type { Owner, WasmEngine } from "@/components/engines/duckdb-wasm/engine/wasm-engine";
import type { ResultColumn } from "@/domain/query/result-column";
import { Failure } from "@/domain/shared/failure";
import { quotedName } from "@/domain/shared/quoted-name";
import type { BrowserEngine } from "./browser-engine";

type Chunk = { firstRow: number; rows: number; message: Uint8Array };

/**
 * The rows of a result in this page: Arrow messages as they came, and a table of DuckDB once somebody asks for one. The
 * table is `result` in a database of its own, its columns `c0`, `c1`, …, `row_number`.
 */
export type LocalResult = {
  readonly database: string;
  /** The resident that statements over it need. */
  readonly key: string;
  /** The rows without their numbers, as a table that other databases can read. */
  readonly table: string;
  readonly columns: readonly ResultColumn[];
  readonly rows: number;
  readonly bytes: number;
  start: (columns: readonly ResultColumn[], schema: Uint8Array) => void;
  /** Failures: `resource_exhausted` where the page may not hold more. */
  add: (message: Uint8Array) => void;
  /** Batches with the rows from `offset` on, at least one where there is one, at most some more than `limit` rows. */
  window: (offset: number, limit: number) => { firstRow: number; stream: Uint8Array };
  chunks: () => Generator<Uint8Array>;
  schema: () => Uint8Array;
  close: () => void;
};

const GROUP_BYTES = 16 * 2 ** 20;
/** What all results of a page take. */
const taken = new WeakMap<BrowserEngine, number>();
let numbers = 0;

export function localResult(engine: BrowserEngine): LocalResult {
  numbers += 1;
  const database = `result_of_page_${numbers}`;
  const key = `result ${database}`;
  const table = `memory.kept.${quotedName(database)}`;
  const chunks: Chunk[] = [];
  let columns: readonly ResultColumn[] = [];
  let schema: Uint8Array = new Uint8Array(0);
  let rows = 0;
  let bytes = 0;
  let isClosed = false;

  const claim = (more: number) => taken.set(engine, (taken.get(engine) ?? 0) + more);
  const checkOpen = () => {
    if (isClosed) throw new Failure("not_found", "The rows of this result were let go.");
  };
  engine.session.keep(key, {
    load: async (wasm, connection, owner) => {
      checkOpen();
      await load(wasm, connection, owner);
    },
  });

  async function load(wasm: WasmEngine, connection: number, owner: Owner): Promise<void> {
    const run = (sql: string) => wasm.ask(owner, (duckdb) => duckdb.runQuery(connection, sql));
    const names = columns.map((_, at) => `c${at}`);
    const renamed = renameColumns(schema, names);
    let isFirst = true;
    for (const group of groupsOf(chunks)) {
      const stream = joinArrow(renamed, group);
      const options = { schema: "kept", name: database, create: isFirst };
      await wasm.ask(owner, (duckdb) => duckdb.insertArrowFromIPCStream(connection, stream, options));
      isFirst = false;
    }
    await run(`ATTACH IF NOT EXISTS ':memory:' AS ${database}`);
    const listed = names.map((name) => `${name}, `).join("");
    await run(
      `CREATE OR REPLACE VIEW ${database}.main.result AS SELECT ${listed}rowid AS row_number FROM ${table}`,
    );
  }

  return {
    database,
    key,
    table,
    get columns() {
      return columns;
    },
    get rows() {
      return rows;
    },
    get bytes() {
      return bytes;
    },
    start(given, message) {
      columns = given;
      schema = message;
    },
    add(message) {
      checkOpen();
      if ((taken.get(engine) ?? 0) + message.length > engine.resultBytes) {
        throw new Failure("resource_exhausted", "The result is larger than this page may hold.", {
          hint: "Run the statement on the server, where results of any size are kept, or close other results.",
        });
      }
      claim(message.length);
      bytes += message.length;
      const count = rowsOfMessage(message);
      chunks.push({ firstRow: rows, rows: count, message });
      rows += count;
    },
    window(offset, limit) {
      checkOpen();
      const start = chunkAt(chunks, offset);
      const first = chunks[start];
      if (first === undefined) return { firstRow: offset, stream: joinArrow(schema, []) };
      let end = start + 1;
      while (end < chunks.length && (chunks[end]?.firstRow ?? 0) < offset + limit) end += 1;
      const messages = chunks.slice(start, end).map(({ message }) => message);
      return { firstRow: first.firstRow, stream: joinArrow(schema, messages) };
    },
    *chunks() {
      for (const { message } of chunks) yield message;
    },
    schema: () => schema,
    close() {
      if (isClosed) return;
      isClosed = true;
      claim(-bytes);
      chunks.length = 0;
      void engine.session.letGo(key, [`DETACH ${database}`, `DROP TABLE IF EXISTS ${table}`]);
    },
  };
}

/** The place of the chunk that holds a row; past the end where none does. */
function chunkAt(chunks: readonly Chunk[], row: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const chunk = chunks[middle];
    if (chunk !== undefined && chunk.firstRow + chunk.rows <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** At least one group, so that a result without rows has a table too. */
function* groupsOf(chunks: readonly Chunk[]): Generator<Uint8Array[]> {
  let group: Uint8Array[] = [];
  let size = 0;
  let isEmpty = true;
  for (const { message } of chunks) {
    group.push(message);
    size += message.length;
    if (size < GROUP_BYTES) continue;
    yield group;
    isEmpty = false;
    group = [];
    size = 0;
  }
  if (group.length > 0 || isEmpty) yield group;
}

/** Numbers of a column of 64-bit integers. */
export function rowNumbers(stream: Uint8Array): Float64Array {
  const column = tableFromIPC(stream).getChildAt(0);
  return Float64Array.from(column.toArray() as ArrayLike<number>);
}
