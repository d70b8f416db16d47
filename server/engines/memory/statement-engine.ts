import type { ParquetWritten } from "../../../domain/ports/query-engine";
import type { Cell } from "../../../domain/ports/rows";
import type {
  EngineStatement,
  StatementControl,
  StatementEngine,
} from "../../../domain/ports/statement-engine";
import type { PlanNode } from "../../../domain/query/plan-node";
import type { ResultColumn } from "../../../domain/query/result-column";
import { Failure } from "../../../domain/shared/failure";
import { writeSpool } from "./memory-spool";

export type MemoryResult = { columns: ResultColumn[]; rows: Cell[][] };

/** What a statement yields; throwing a Failure refuses it, and a promise that stays open keeps it running. */
export type MemoryStatementAnswer = (statement: EngineStatement) => MemoryResult | Promise<MemoryResult>;

export type MemoryStatementEngine = StatementEngine & {
  /** The Parquet files that it would have written, by path. */
  files: ReadonlyMap<string, MemoryResult>;
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
  const files = new Map<string, MemoryResult>();
  const seen: EngineStatement[] = [];
  let running = 0;

  const evaluate = async (statement: EngineStatement, control: StatementControl): Promise<MemoryResult> => {
    seen.push(statement);
    const { signal, timeoutMs = 0 } = control;
    if (signal?.aborted) throw cancelled();
    control.onStart?.();
    running++;
    let stop: (() => void) | undefined;
    let timer: NodeJS.Timeout | undefined;
    try {
      const stopped = new Promise<never>((_resolve, reject) => {
        stop = () => reject(cancelled());
        signal?.addEventListener("abort", stop, { once: true });
        if (timeoutMs > 0) timer = setTimeout(() => reject(tooLate()), timeoutMs);
      });
      const result = await Promise.race([Promise.resolve().then(() => answer(statement)), stopped]);
      control.onColumns?.(result.columns);
      return result;
    } finally {
      running--;
      clearTimeout(timer);
      if (stop !== undefined) signal?.removeEventListener("abort", stop);
    }
  };

  return {
    files,
    seen,
    get running() {
      return running;
    },

    async run(statement, folder, control = {}) {
      const { columns, rows } = await evaluate(statement, control);
      const kept = await writeSpool(folder, columns, rows, rowsPerChunk);
      control.onRows?.(kept);
      return { ...kept, rowsRead: rows.length, bytesRead: null };
    },

    async writeParquet(statement, path, control = {}) {
      const result = await evaluate(statement, control);
      files.set(path, result);
      const written: ParquetWritten = {
        rowCount: result.rows.length,
        bytes: JSON.stringify(result.rows).length,
        columns: result.columns,
      };
      return { ...written, rowsRead: result.rows.length, bytesRead: null };
    },

    async explain(statement, { analyze, signal }) {
      const { rows } = await evaluate(statement, signal === undefined ? {} : { signal });
      const counted = analyze ? rows.length : null;
      return plan({ rows: counted, ms: analyze ? 0 : null, estimatedRows: rows.length });
    },

    health: async () => ({ version: "memory", detail: "" }),
    close: async () => {},
  };
}

const plan = (measured: Pick<PlanNode, "rows" | "ms" | "estimatedRows">): PlanNode => ({
  name: "ANSWER",
  details: [],
  ...measured,
  children: [],
});

const cancelled = () => new Failure("cancelled", "The statement was cancelled.");
const tooLate = () => new Failure("timed_out", "The statement took too long.");
