import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { END_OF_STREAM, SPOOL_FILES, type SpoolChunk } from "../../../domain/query/result-spool";
import { readSummary, readWindow } from "./spool-reader";

const columns = [{ name: "n", type: "INTEGER" }];
const SCHEMA = Buffer.from("schema message");

/** Rows of four bytes stand for batches: the reader does not look into them. */
const numbers = (from: number, rows: number) => Int32Array.from({ length: rows }, (_, index) => from + index);

/** Writes a spool as an engine does: a batch at a time, its line behind its bytes. */
async function startSpool(folder: string) {
  const path = (name: keyof typeof SPOOL_FILES) => join(folder, SPOOL_FILES[name]);
  await writeFile(path("data"), SCHEMA);
  await writeFile(path("index"), `${JSON.stringify({ schemaBytes: SCHEMA.length, columns })}\n`);
  let rows = 0;
  let bytes = SCHEMA.length;
  return {
    async append(batch: Int32Array): Promise<void> {
      const chunk: SpoolChunk = {
        offset: bytes,
        bytes: batch.byteLength,
        firstRow: rows,
        rows: batch.length,
      };
      await appendFile(path("data"), new Uint8Array(batch.buffer));
      await appendFile(path("index"), `${JSON.stringify(chunk)}\n`);
      rows += batch.length;
      bytes += batch.byteLength;
    },
    async end(): Promise<void> {
      await appendFile(path("data"), END_OF_STREAM);
      await writeFile(path("end"), JSON.stringify({ rows, bytes: bytes + END_OF_STREAM.length }));
    },
  };
}

function valuesOf(bytes: Uint8Array): number[] {
  expect(bytes.slice(0, SCHEMA.length)).toEqual(new Uint8Array(SCHEMA));
  expect(bytes.slice(-END_OF_STREAM.length)).toEqual(END_OF_STREAM);
  return [...new Int32Array(bytes.slice(SCHEMA.length, -END_OF_STREAM.length).buffer)];
}

describe("readWindow", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "spool-reader-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Rows 0, 1, … in chunks of 10, 100 and 100. */
  const written = async () => {
    const spool = await startSpool(folder);
    await spool.append(numbers(0, 10));
    await spool.append(numbers(10, 100));
    await spool.append(numbers(110, 100));
    return spool;
  };

  it("gives the whole chunks that hold the rows asked for", async () => {
    await (await written()).end();
    for (const [offset, limit, firstRow, rows] of [
      [0, 1, 0, 10],
      [9, 1, 0, 10],
      [9, 2, 0, 110],
      [10, 100, 10, 100],
      [10, 101, 10, 200],
      [109, 2, 10, 200],
      [209, 1000, 110, 100],
    ] as const) {
      const window = await readWindow(folder, offset, limit);
      expect(window).toMatchObject({ firstRow, rows, totalRows: 210, isComplete: true, columns });
      expect(valuesOf(window.bytes)).toEqual(Array.from({ length: rows }, (_, index) => firstRow + index));
    }
  });

  it("is empty behind the last row, and where no row is asked for", async () => {
    await written();
    expect(await readWindow(folder, 210, 10)).toMatchObject({ firstRow: 210, rows: 0 });
    expect(await readWindow(folder, 1e12, 10)).toMatchObject({ firstRow: 210, rows: 0 });
    const none = await readWindow(folder, 50, 0);
    expect(none).toMatchObject({ rows: 0, totalRows: 210 });
    expect(valuesOf(none.bytes)).toEqual([]);
  });

  it("follows a result that grows, and reads no chunk before its line is whole", async () => {
    const spool = await written();
    expect(await readWindow(folder, 0, 1000)).toMatchObject({ rows: 210, isComplete: false });
    await spool.append(numbers(210, 50));
    expect(await readWindow(folder, 200, 1000)).toMatchObject({ firstRow: 110, rows: 150 });
    const line = JSON.stringify({ offset: 0, bytes: 0, firstRow: 260, rows: 7 });
    await appendFile(join(folder, SPOOL_FILES.index), line.slice(0, 20));
    expect((await readSummary(folder)).totalRows).toBe(260);
    await appendFile(join(folder, SPOOL_FILES.index), `${line.slice(20)}\n`);
    expect((await readSummary(folder)).totalRows).toBe(267);
    await spool.end();
    expect(await readSummary(folder)).toEqual({ columns, totalRows: 267, isComplete: true });
  });

  it("answers many readers of a growing result alike", async () => {
    const spool = await written();
    const reading = Array.from({ length: 20 }, () => readWindow(folder, 0, 1000));
    await Promise.all(reading);
    await spool.append(numbers(210, 1));
    const windows = await Promise.all(Array.from({ length: 20 }, () => readWindow(folder, 210, 1)));
    for (const window of windows) expect(valuesOf(window.bytes)).toEqual([210]);
  });

  it("reads a result without rows", async () => {
    const spool = await startSpool(folder);
    await spool.end();
    const window = await readWindow(folder, 0, 100);
    expect(window).toMatchObject({ firstRow: 0, rows: 0, totalRows: 0, isComplete: true });
    expect(valuesOf(window.bytes)).toEqual([]);
  });

  it("says that a result was let go, even one whose index it knows", async () => {
    await (await written()).end();
    await readWindow(folder, 0, 1);
    await rm(folder, { recursive: true });
    await expect(readWindow(folder, 0, 1)).rejects.toMatchObject({ code: "not_found" });
  });

  it("forgets what it knew of a folder that was written anew", async () => {
    await (await written()).end();
    await readWindow(folder, 0, 1);
    await rm(join(folder, SPOOL_FILES.end));
    await rm(join(folder, SPOOL_FILES.data));
    const spool = await startSpool(folder);
    await spool.append(numbers(7, 1));
    const window = await readWindow(folder, 0, 10);
    expect(window).toMatchObject({ rows: 1, totalRows: 1, isComplete: false });
    expect(valuesOf(window.bytes)).toEqual([7]);
  });
});
