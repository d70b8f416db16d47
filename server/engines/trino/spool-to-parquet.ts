import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ParquetWritten } from "../../../domain/ports/query-engine";
import { SPOOL_FILES, type SpoolEnd, type SpoolHead } from "../../../domain/query/result-spool";
import { isBucketObject } from "../../../domain/shared/is-bucket-object";

export type ParquetMeans = {
  /** The spool in `folder` as the bytes of a Parquet file. */
  exportParquet(folder: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Copies a Parquet file of this machine to an object of the bucket; returns its bytes. */
  copyToBucket(file: string, url: string, options: { signal?: AbortSignal }): Promise<number>;
};

/** Writes a complete spool as one Parquet file at `path`, a file or an object of the bucket, wholly or not at all. */
export const spoolToParquet =
  ({ exportParquet, copyToBucket }: ParquetMeans) =>
  async (folder: string, path: string, { signal }: { signal?: AbortSignal }): Promise<ParquetWritten> => {
    const isObject = isBucketObject(path);
    const part = isObject ? join(folder, "result.parquet") : `${path}.part`;
    const limits = signal ?? new AbortController().signal;
    try {
      await mkdir(dirname(part), { recursive: true });
      await pipeline(Readable.from(exportParquet(folder, limits)), createWriteStream(part), {
        signal: limits,
      });
      const options = signal === undefined ? {} : { signal };
      const bytes = isObject ? await copyToBucket(part, path, options) : (await stat(part)).size;
      if (!isObject) await rename(part, path);
      return { ...(await described(folder)), bytes };
    } finally {
      await rm(part, { force: true });
    }
  };

async function described(folder: string): Promise<Pick<ParquetWritten, "rowCount" | "columns">> {
  const [index, end] = await Promise.all([
    readFile(join(folder, SPOOL_FILES.index), "utf8"),
    readFile(join(folder, SPOOL_FILES.end), "utf8"),
  ]);
  const { columns } = JSON.parse(index.slice(0, index.indexOf("\n"))) as SpoolHead;
  return { rowCount: (JSON.parse(end) as SpoolEnd).rows, columns };
}
