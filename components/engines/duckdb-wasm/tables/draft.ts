import { DuckDBDataProtocol } from "@duckdb/duckdb-wasm";
import { tableFromIPC } from "@uwdata/flechette";
import { Failure } from "@/domain/shared/failure";
import { quotedName } from "@/domain/shared/quoted-name";
import { joinArrow, renameColumns, splitArrow } from "../arrow/arrow-stream";
import { FILES_FOLDER, type Owner, type WasmEngine } from "../engine/wasm-engine";
import { distinctNames } from "./table-names";

/** A table that is being filled. Nobody else sees it. */
export type Draft = {
  /** Its name in DuckDB. */
  readonly table: string;
  /** Rows as an Arrow IPC stream or file; every further one has the same columns. */
  addArrow: (bytes: Uint8Array) => Promise<void>;
  /** All rows by a SELECT over a file, under the path that `from` is given. */
  addFile: (file: File, from: (path: string) => string) => Promise<void>;
  /** The rows by a SELECT over the draft itself: `from` is given its name. */
  change: (from: (table: string) => string) => Promise<void>;
  close: () => void;
};

export function openDraft(
  engine: WasmEngine,
  connection: number,
  owner: Owner,
  id: string,
  signal: AbortSignal,
): Draft {
  const table = `memory.drafts.${quotedName(id)}`;
  const path = `${FILES_FOLDER}${id}`;
  let isThere = false;
  const run = (sql: string) => engine.ask(owner, (database) => database.runQuery(connection, sql));
  const check = () => {
    if (signal.aborted) throw new Failure("cancelled", "The table was not made.");
  };
  return {
    table,
    async addArrow(bytes) {
      check();
      const { schema, messages } = splitArrow(bytes);
      const { names } = tableFromIPC(joinArrow(schema, []));
      const own = distinctNames(names);
      const isSame = own.every((name, at) => name === names[at]);
      const stream = joinArrow(isSame ? schema : renameColumns(schema, own), messages);
      const create = !isThere;
      await engine.ask(owner, (database) =>
        database.insertArrowFromIPCStream(connection, stream, { schema: "drafts", name: id, create }),
      );
      isThere = true;
    },
    async addFile(file, from) {
      check();
      await engine.ask(owner, (database) =>
        database.registerFileHandle(path, file, DuckDBDataProtocol.BROWSER_FILEREADER, true),
      );
      try {
        await run(`CREATE TABLE ${table} AS ${from(path)}`);
      } finally {
        await engine.ask(owner, (database) => database.dropFile(path)).catch(() => {});
      }
    },
    change: async (from) => {
      check();
      await run(`CREATE OR REPLACE TABLE ${table} AS ${from(table)}`);
    },
    close: () => void run(`DROP TABLE IF EXISTS ${table}`).catch(() => {}),
  };
}
