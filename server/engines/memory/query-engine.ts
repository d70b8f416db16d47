import type { QueryEngine, QueryOptions, TableLocation } from "../../../domain/ports/query-engine";
import type { Cell, Rows } from "../../../domain/ports/rows";
import { Failure } from "../../../domain/shared/failure";

type MemoryResult = { columns: string[]; rows: Cell[][] };

/** What a statement yields. `read` gives the rows of a file that this engine wrote; throwing a Failure refuses. */
export type MemoryAnswer = (
  sql: string,
  tables: TableLocation[],
  read: (uri: string) => MemoryResult,
) => MemoryResult | Promise<MemoryResult>;

export type MemoryQueryEngine = QueryEngine & {
  /** The files that it wrote, by path. */
  files: ReadonlyMap<string, MemoryResult>;
};

/** A query engine that knows answers instead of SQL. */
export function memoryQueryEngine(answer: MemoryAnswer): MemoryQueryEngine {
  const files = new Map<string, MemoryResult>();
  const read = (uri: string): MemoryResult => {
    const file = files.get(uri);
    if (file === undefined) throw new Failure("engine_failed", `There is no file ${uri}.`);
    return file;
  };

  const evaluate = (sql: string, { tables, signal, timeoutMs = 0 }: QueryOptions): Promise<MemoryResult> =>
    new Promise((resolve, reject) => {
      const cancel = () => reject(new Failure("cancelled", "The statement was cancelled."));
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel, { once: true });
      if (timeoutMs > 0)
        setTimeout(() => reject(new Failure("timed_out", "The statement took too long.")), timeoutMs);
      Promise.resolve()
        .then(() => answer(sql, tables, read))
        .then(resolve, reject);
    });

  const typed = ({ columns, rows }: MemoryResult): Rows["columns"] =>
    columns.map((name, index) => ({
      name,
      type: typeof rows[0]?.[index] === "number" ? "DOUBLE" : "VARCHAR",
    }));

  return {
    files,

    async rows(sql, options) {
      const result = await evaluate(sql, options);
      const rows = result.rows.slice(0, options.limit);
      return { columns: typed(result), rows, truncated: result.rows.length > options.limit };
    },

    async writeParquet(sql, path, options) {
      const result = await evaluate(sql, options);
      files.set(path, result);
      return { rowCount: result.rows.length, bytes: JSON.stringify(result).length, columns: typed(result) };
    },

    health: async () => ({ version: "memory", detail: "" }),
    close: async () => {},
  };
}
