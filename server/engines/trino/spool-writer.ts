import { type FileHandle, mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Column, Endianness, type Field, Table, tableToIPC, Version } from "@uwdata/flechette";
import type { ResultColumn } from "../../../domain/query/result-column";
import {
  END_OF_STREAM,
  SPOOL_FILES,
  type SpoolChunk,
  type SpoolEnd,
  type SpoolHead,
} from "../../../domain/query/result-spool";
import type { ColumnWriter } from "./arrow/column-writer";
import type { JsonCursor } from "./arrow/json-cursor";
import { writerOf } from "./arrow/writer-of";
import type { TrinoColumn } from "./page";

const CHUNK_BYTES = 2 * 1024 ** 2;
/** The first chunk is small, so that rows are seen early. */
const FIRST_ROWS = 1_000;
/** Rows that come slowly are not held back longer. */
const LATEST_MS = 500;
/** Metadata of a field: its type in the engine's words. */
const TYPE_KEY = "benchwright.type";
/** The size is looked at once in so many rows. */
const LOOK_EVERY = 128;

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;

export type Kept = { rows: number; bytes: number };

/** Keeps rows of Trino's pages as a result spool (domain/query/result-spool.ts) in `folder`. */
export class SpoolWriter {
  private rows = 0;
  private bytes = 0;
  private pending = 0;
  private flushedAt = performance.now();

  private constructor(
    private readonly folder: string,
    private readonly writers: ColumnWriter[],
    private readonly fields: Field[],
    private readonly files: { data: FileHandle; index: FileHandle },
    private readonly schemaBytes: number,
  ) {
    this.bytes = schemaBytes;
  }

  static async open(folder: string, columns: TrinoColumn[]): Promise<SpoolWriter> {
    const writers = columns.map(({ typeSignature }) => writerOf(typeSignature));
    const fields = writers.map(({ type }, index) => ({
      name: columns[index]?.name ?? "",
      type,
      nullable: true,
      metadata: new Map([[TYPE_KEY, columns[index]?.type ?? ""]]),
    }));
    const schema = ipcOf(
      fields,
      writers.map(({ type }) => new Column([], type)),
    ).subarray(0, -END_OF_STREAM.length);
    await mkdir(folder, { recursive: true });
    const [data, index] = await Promise.all([
      open(join(folder, SPOOL_FILES.data), "w"),
      open(join(folder, SPOOL_FILES.index), "w"),
    ]);
    const named = columns.map(({ name, type }): ResultColumn => ({ name, type }));
    await data.writeFile(schema);
    await index.writeFile(line({ schemaBytes: schema.length, columns: named } satisfies SpoolHead));
    return new SpoolWriter(folder, writers, fields, { data, index }, schema.length);
  }

  /** Takes the rows of a page. `onRows` is told of each chunk that can be read. */
  async take(page: JsonCursor, onRows: (kept: Kept) => void): Promise<void> {
    page.expect(OPEN);
    if (!page.take(CLOSE)) {
      do {
        this.readRow(page);
        if (this.isFull()) onRows(await this.flush());
      } while (page.take(COMMA));
      page.expect(CLOSE);
    }
    if (this.pending > 0 && performance.now() - this.flushedAt > LATEST_MS) onRows(await this.flush());
  }

  /** Writes what is left and marks the result as complete. The mark at its end is no part of its bytes. */
  async end(onRows: (kept: Kept) => void): Promise<SpoolEnd> {
    if (this.pending > 0) onRows(await this.flush());
    await this.files.data.writeFile(END_OF_STREAM);
    await this.close();
    const end = { rows: this.rows, bytes: this.bytes };
    await writeFile(join(this.folder, SPOOL_FILES.end), JSON.stringify(end));
    return end;
  }

  async close(): Promise<void> {
    await Promise.all([this.files.data.close(), this.files.index.close()]);
  }

  private readRow(page: JsonCursor): void {
    const { writers } = this;
    page.expect(OPEN);
    for (let index = 0; index < writers.length; index += 1) {
      if (index > 0) page.expect(COMMA);
      writers[index]?.read(page);
    }
    page.expect(CLOSE);
    this.pending += 1;
  }

  private isFull(): boolean {
    if (this.rows === 0 && this.pending >= FIRST_ROWS) return true;
    if (this.pending % LOOK_EVERY !== 0) return false;
    let size = 0;
    for (const writer of this.writers) size += writer.size();
    return size >= CHUNK_BYTES;
  }

  private async flush(): Promise<Kept> {
    const columns = this.writers.map((writer) => new Column([writer.batch()], writer.type));
    const bytes = ipcOf(this.fields, columns).subarray(this.schemaBytes, -END_OF_STREAM.length);
    const chunk: SpoolChunk = {
      offset: this.bytes,
      bytes: bytes.length,
      firstRow: this.rows,
      rows: this.pending,
    };
    await this.files.data.writeFile(bytes);
    await this.files.index.writeFile(line(chunk));
    this.rows += this.pending;
    this.bytes += bytes.length;
    this.pending = 0;
    this.flushedAt = performance.now();
    return { rows: this.rows, bytes: this.bytes };
  }
}

/** Removes a spool that is not complete. */
export const dropSpool = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

function ipcOf(fields: Field[], columns: Column<unknown>[]): Uint8Array {
  const schema = { version: Version.V5, endianness: Endianness.Little, fields, metadata: null };
  const bytes = tableToIPC(new Table(schema, columns), { format: "stream" });
  if (bytes === null) throw new Error("Arrow gave no bytes.");
  return bytes;
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
