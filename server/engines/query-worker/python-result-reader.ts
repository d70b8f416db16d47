import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResultReader } from "../../../domain/ports/result-reader";
import type { Cell } from "../../../domain/ports/rows";
import { type WorkerPool, workerPool } from "./worker-pool";

export type ResultReaderOptions = {
  /** Interpreter of the lake's environment, and the folder of the package `workbench_query`. */
  python: string;
  packageDir: string;
  /** Of each question; sorting spills below `tempDir`. */
  memoryLimitBytes: number;
  threads: number;
  tempDir: string;
  /** Processes at most. */
  processes?: number;
};

/** Asks results through Python processes that map them into memory; a process answers several questions at a time. */
export function pythonResultReader(options: ResultReaderOptions): ResultReader {
  const { python, packageDir, memoryLimitBytes, threads, tempDir, processes = 2 } = options;
  const limits = { memoryBytes: memoryLimitBytes, threads, tempDir };
  const pool = workerPool({ python, packageDir, role: "results", processes, requestsPerProcess: 4 });
  return {
    async rows(sources, sql, { signal, timeoutMs }) {
      const answer = await pool.request("rows", { sources, sql, limits }, { signal, timeoutMs });
      return (answer as { rows: Cell[][] }).rows;
    },
    async order(sources, sql, file, { signal }) {
      const answer = await pool.request("order", { sources, sql, file, limits }, { signal });
      return answer as { rows: number; totalRows: number };
    },
    async gather(folder, file, offset, limit) {
      const answer = await pool.request("gather", { folder, file, offset, limit });
      return Buffer.from((answer as { arrow: string }).arrow, "base64");
    },
    export(folder, { format, order, signal }) {
      return exported(pool, { folder, format, order, limits }, signal);
    },
    close: () => pool.close(),
  };
}

/** The bytes come through a Unix socket of their own, which holds the program back while nobody reads. */
async function* exported(
  pool: WorkerPool,
  fields: Record<string, unknown>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "export-"));
  const socket = join(folder, "s");
  const server = createServer();
  const leaving = new AbortController();
  let finished: Promise<unknown> = Promise.resolve();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(socket, resolve);
    });
    const connected = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const work = pool.request(
      "export",
      { ...fields, socket },
      { signal: AbortSignal.any([signal, leaving.signal]) },
    );
    finished = work.catch(() => undefined);
    // A program that fails before it connects, or midway, ends the stream with its failure.
    const bytes = await Promise.race([connected, work.then(() => connected)]);
    try {
      for await (const block of bytes) yield block as Uint8Array;
    } catch (error) {
      await work;
      throw error;
    } finally {
      bytes.destroy();
    }
    await work;
  } finally {
    leaving.abort();
    await finished;
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
