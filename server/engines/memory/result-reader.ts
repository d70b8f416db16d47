import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ResultReader } from "../../../domain/ports/result-reader";
import type { Cell } from "../../../domain/ports/rows";
import { SPOOL_FILES } from "../../../domain/query/result-spool";
import { Failure } from "../../../domain/shared/failure";

export type MemoryResultReader = ResultReader & { asked: readonly string[] };

/** A reader that knows answers instead of SQL; results have to be there all the same. */
export function memoryResultReader(answer: (sql: string) => Cell[][]): MemoryResultReader {
  const asked: string[] = [];
  const evaluate = async (folders: string[], sql: string): Promise<Cell[][]> => {
    for (const folder of folders) await requireResult(folder);
    asked.push(sql);
    return answer(sql);
  };
  return {
    asked,
    rows: (sources, sql) => evaluate(Object.values(sources), sql),
    order: async (sources, sql, file) => {
      const rows = await evaluate(Object.values(sources), sql);
      await writeFile(
        file,
        BigInt64Array.from(rows, ([number]) => BigInt(Number(number))),
      );
      return { rows: rows.length, totalRows: rows.length };
    },
    gather: async (folder, file, offset, limit) => {
      await requireResult(folder);
      return new TextEncoder().encode(JSON.stringify({ file, offset, limit }));
    },
    async *export(folder, { format, order }) {
      await requireResult(folder);
      yield new TextEncoder().encode(JSON.stringify({ format, order }));
    },
    close: async () => {},
  };
}

async function requireResult(folder: string): Promise<void> {
  await access(join(folder, SPOOL_FILES.data)).catch(() => {
    throw new Failure("not_found", "The rows of this result are not kept any longer.");
  });
}
