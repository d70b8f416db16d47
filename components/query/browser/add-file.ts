import { formatOfFile, readFileInto } from "@/components/engines/duckdb-wasm/files/read-file";
import { freeTableName } from "@/components/engines/duckdb-wasm/tables/table-names";
import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import { Failure } from "@/domain/shared/failure";
import type { BrowserEngine } from "./browser-engine";

/**
 * A table of the rows of a file, named after it.
 * Failures: `invalid_input` where it is no CSV, JSON, Parquet or Arrow, `resource_exhausted`, `cancelled`.
 */
export function addFile(engine: BrowserEngine, file: File, signal: AbortSignal): Promise<BrowserTable> {
  const format = formatOfFile(file.name);
  if (format === null) {
    throw new Failure("invalid_input", `"${file.name}" is no kind of file that can be read here.`, {
      hint: "CSV, TSV, JSON, JSON lines, Parquet and Arrow files can.",
    });
  }
  const taken = engine.tables.list().map(({ path }) => path[0] ?? "");
  return engine.tables.build(
    {
      path: [freeTableName(file.name, taken)],
      origin: { kind: "file", fileName: file.name, format },
      signal,
    },
    async (draft) => void (await readFileInto(draft, file, signal)),
  );
}
