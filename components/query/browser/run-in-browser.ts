import type { ResultSource } from "../results/result-source";
import type { BrowserEngine } from "./browser-engine";
import { type LocalResult, localResult } from "./local-result";
import { wasmResultSource } from "./wasm-result-source";

export type BrowserRun = {
  source: ResultSource;
  elapsedMs: number;
  /** Rows of the tables that the statement reads; null where they are not all known. */
  rowsRead: number | null;
};

export type BrowserStatement = {
  /** One SELECT in DuckDB's dialect: what `queries.prepare` gives for the engine "browser". */
  sql: string;
  signal: AbortSignal;
  /** The source, as soon as its columns are known; it grows from then on. */
  onSource?: (source: ResultSource) => void;
  onProgress?: (progress: { rows: number; bytes: number }) => void;
  /** Residents and database of a statement of the app's own. */
  within?: { needs: readonly string[]; database?: string };
};

/**
 * A statement over so many rows is over soon, and what it gives fits beside them: its rows come in full batches then. Many
 * small ones would take longer than the statement.
 */
const FEW_ROWS = 2_000_000;
/** The first rows are told at once, further ones this often. */
const TELL_MS = 100;

/**
 * Runs a statement in this page. The rows stay here until the source is closed.
 *
 * Failures: `invalid_input` (with the place, in `sql`), `resource_exhausted` (DuckDB's memory, or what a page may hold),
 * `cancelled`, `engine_failed`, `engine_unavailable`.
 */
export async function runInBrowser(engine: BrowserEngine, statement: BrowserStatement): Promise<BrowserRun> {
  const { sql, signal, onSource, onProgress, within } = statement;
  const started = performance.now();
  const local = localResult(engine);
  const needs = within?.needs ?? engine.tables.neededBy(sql);
  const read = rowsRead(engine, needs);
  const gathered = needs.length > 0 && read !== null && read <= FEW_ROWS;
  let told = Number.NEGATIVE_INFINITY;
  let made: ReturnType<typeof wasmResultSource> | null = null;
  const tell = (isComplete: boolean) => {
    const now = performance.now();
    if (!isComplete && now - told < TELL_MS) return;
    told = now;
    made?.setExtent({ rows: local.rows, isComplete });
    onProgress?.({ rows: local.rows, bytes: local.bytes });
  };
  try {
    await engine.session.stream(
      sql,
      { needs, signal, gathered, ...(within?.database === undefined ? {} : { database: within.database }) },
      {
        onColumns(columns, schema) {
          local.start(columns, schema);
          made = wasmResultSource(engine, local);
          onSource?.(made.source);
        },
        onMessage(message) {
          local.add(message);
          tell(false);
        },
      },
    );
  } catch (error) {
    local.close();
    throw error;
  }
  tell(true);
  return {
    source: sourceOf(made),
    elapsedMs: performance.now() - started,
    rowsRead: read,
  };
}

function sourceOf(made: { source: ResultSource } | null): ResultSource {
  if (made === null) throw new Error("A statement ended before its columns were known.");
  return made.source;
}

function rowsRead(engine: BrowserEngine, needs: readonly string[]): number | null {
  const rows = engine.tables
    .list()
    .flatMap((table) => (needs.includes(`table ${table.id}`) ? [table.rows] : []));
  return rows.length === needs.length ? rows.reduce((sum, each) => sum + each, 0) : null;
}

/** Rows that come from elsewhere, as a result of this page. */
export async function sourceFromMessages(
  engine: BrowserEngine,
  fill: (local: LocalResult) => Promise<void>,
): Promise<ResultSource> {
  const local = localResult(engine);
  try {
    await fill(local);
  } catch (error) {
    local.close();
    throw error;
  }
  const { source, setExtent } = wasmResultSource(engine, local);
  setExtent({ rows: local.rows, isComplete: true });
  return source;
}
