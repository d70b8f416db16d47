import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Table, tableToIPC } from "@uwdata/flechette";
import type { ResultColumn } from "../../../domain/query/result-column";
import { END_OF_STREAM, SPOOL_FILES, type SpoolChunk } from "../../../domain/query/result-spool";

/** Writes a spool for tests as an engine does: a batch at a time, the index behind the bytes. */
export async function spoolFixture(folder: string, columns: ResultColumn[], schema: Table) {
  const path = (name: keyof typeof SPOOL_FILES) => join(folder, SPOOL_FILES[name]);
  const head = partsOf(schema).schema;
  await writeFile(path("data"), head);
  await writeFile(path("index"), `${JSON.stringify({ schemaBytes: head.length, columns })}\n`);
  let rows = 0;
  let bytes = head.length;
  return {
    async append(table: Table): Promise<void> {
      const { batches } = partsOf(table);
      const chunk: SpoolChunk = { offset: bytes, bytes: batches.length, firstRow: rows, rows: table.numRows };
      await appendFile(path("data"), batches);
      await appendFile(path("index"), `${JSON.stringify(chunk)}\n`);
      rows += table.numRows;
      bytes += batches.length;
    },
    async end(): Promise<void> {
      await appendFile(path("data"), END_OF_STREAM);
      await writeFile(path("end"), JSON.stringify({ rows, bytes: bytes + END_OF_STREAM.length }));
    },
  };
}

/** The schema message of an Arrow stream, and the messages behind it. */
function partsOf(table: Table): { schema: Uint8Array; batches: Uint8Array } {
  const stream = tableToIPC(table, { format: "stream" });
  if (stream === null) throw new Error("no stream");
  const length = new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return {
    schema: stream.slice(0, 8 + length),
    batches: stream.slice(8 + length, stream.length - END_OF_STREAM.length),
  };
}
