import { rm } from "node:fs/promises";
import type { Cell } from "../../../domain/ports/rows";
import type {
  EngineStatement,
  StatementControl,
  StatementEngine,
} from "../../../domain/ports/statement-engine";
import type { PlanNode } from "../../../domain/query/plan-node";
import type { ResultColumn } from "../../../domain/query/result-column";
import { Failure } from "../../../domain/shared/failure";
import { openSpool } from "./memory-spool";

export type MemoryResult = {
  columns: ResultColumn[];
  /** All at once, or as they come. */
  rows: Cell[][] | AsyncIterable<Cell[][]>;
};

/** What a statement yields; throwing a Failure refuses it, and a promise that stays open keeps it running. */
export type MemoryStatementAnswer = (statement: EngineStatement) => MemoryResult | Promise<MemoryResult>;

export type MemoryStatementEngine = StatementEngine & {
  /** The Parquet files that it would have written, by path. */
  files: ReadonlyMap<string, { columns: ResultColumn[]; rows: Cell[][] }>;
  /** The statements that it was given, in their order. */
  seen: readonly EngineStatement[];
  /** Statements that run now. */
  readonly running: number;
};

/** A statement engine that knows answers instead of SQL, and keeps them as real spools. */
export function memoryStatementEngine(
  answer: MemoryStatementAnswer,
  { rowsPerChunk = 1_000 }: { rowsPerChunk?: number } = {},
): MemoryStatementEngine {
  const files = new Map<string, { columns: ResultColumn[]; rows: Cell[][] }>();
  const seen: EngineStatement[] = [];
  let running = 0;

  /** Runs `work` on the answer until it ends, or the control stops it. */
  const evaluate = async <T>(
    statement: EngineStatement,
    control: StatementControl,
    work: (result: MemoryResult, isStopped: () => boolean) => Promise<T>,
  ): Promise<T> => {
    const { signal, timeoutMs = 0 } = control;
    if (signal?.aborted) throw cancelled();
    seen.push(statement);
    control.onStart?.();
    running++;
    let isStopped = false;
    let abort = () => {};
    let timer: NodeJS.Timeout | undefined;
    const stopped = new Promise<never>((_resolve, reject) => {
      const stop = (failure: Failure) => {
        isStopped = true;
        reject(failure);
      };
      abort = () => stop(cancelled());
      signal?.addEventListener("abort", abort, { once: true });
      if (timeoutMs > 0) timer = setTimeout(() => stop(tooLate()), timeoutMs);
    });
    const working = Promise.resolve(statement)
      .then(answer)
      .then((result) => work(result, () => isStopped));
    try {
      return await Promise.race([working, stopped]);
    } finally {
      running--;
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      working.catch(() => undefined);
    }
  };

  const collect = async ({ rows }: MemoryResult): Promise<Cell[][]> => {
    const all: Cell[][] = [];
    for await (const some of batchesOf(rows, rowsPerChunk)) for (const row of some) all.push(row);
    return all;
  };

  return {
    files,
    seen,
    get running() {
      return running;
    },

    async run(statement, folder, control = {}) {
      const keep = async (result: MemoryResult, isStopped: () => boolean) => {
        control.onColumns?.(result.columns);
        const spool = await openSpool(folder, result.columns);
        for await (const some of batchesOf(result.rows, rowsPerChunk)) {
          if (isStopped()) break;
          await spool.append(some);
          control.onRows?.(spool.kept());
        }
        if (isStopped()) await rm(folder, { recursive: true, force: true });
        else await spool.end();
        return spool.kept();
      };
      try {
        const kept = await evaluate(statement, control, keep);
        return { ...kept, rowsRead: kept.rows, bytesRead: null };
      } catch (failure) {
        await rm(folder, { recursive: true, force: true });
        throw failure;
      }
    },

    async writeParquet(statement, path, control = {}) {
      const { columns, rows } = await evaluate(statement, control, async (result) => ({
        columns: result.columns,
        rows: await collect(result),
      }));
      files.set(path, { columns, rows });
      const bytes = JSON.stringify(rows).length;
      return { rowCount: rows.length, bytes, columns, rowsRead: rows.length, bytesRead: null };
    },

    async explain(statement, { analyze, signal }) {
      const rows = await evaluate(statement, signal === undefined ? {} : { signal }, collect);
      const counted = analyze ? rows.length : null;
      return plan({ rows: counted, ms: analyze ? 0 : null, estimatedRows: rows.length });
    },

    health: async () => ({ version: "memory", detail: "" }),
    close: async () => {},
  };
}

async function* batchesOf(rows: MemoryResult["rows"], size: number): AsyncIterable<Cell[][]> {
  if (!Array.isArray(rows)) {
    yield* rows;
    return;
  }
  for (let first = 0; first < rows.length; first += size) yield rows.slice(first, first + size);
}

const plan = (measured: Pick<PlanNode, "rows" | "ms" | "estimatedRows">): PlanNode => ({
  name: "ANSWER",
  details: [],
  ...measured,
  children: [],
});

const cancelled = () => new Failure("cancelled", "The statement was cancelled.");
const tooLate = () => new Failure("timed_out", "The statement took too long.");
