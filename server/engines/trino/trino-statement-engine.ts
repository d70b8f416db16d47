import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { ParquetWritten } from "../../../domain/ports/query-engine";
import type {
  EngineStatement,
  StatementControl,
  StatementEngine,
  StatementOutcome,
} from "../../../domain/ports/statement-engine";
import type { PlanNode } from "../../../domain/query/plan-node";
import { Failure } from "../../../domain/shared/failure";
import type { LakePlace } from "./catalogs/catalog-properties";
import { TrinoCatalogs } from "./catalogs/trino-catalogs";
import { readPlanJson } from "./plan/read-plan-json";
import { readPlanText } from "./plan/read-plan-text";
import { type PreparedStatement, prepareStatement } from "./prepare-statement";
import { dropSpool, SpoolWriter } from "./spool-writer";
import { StatementProgressTeller } from "./tell-progress";
import { type TrinoConnection, type TrinoHttp, trinoHttp } from "./trino-http";
import { trinoQuery } from "./trino-query";

export type TrinoSettings = TrinoConnection & {
  /** Null where the lake's tables are not to be read by Trino. */
  lake: LakePlace | null;
  /** Folder for results on their way to a Parquet file. */
  tempDir: string;
  /** Writes the spool in `folder` as one Parquet file (zstd) at `path`, wholly or not at all. */
  toParquet(folder: string, path: string, options: { signal?: AbortSignal }): Promise<ParquetWritten>;
};

export type TrinoParts = { http: TrinoHttp; catalogs: TrinoCatalogs; lake: LakePlace | null };

/** Statements on a Trino that all workspaces share, over its REST protocol. */
export function trinoStatementEngine(settings: TrinoSettings): StatementEngine & { parts: TrinoParts } {
  const http = trinoHttp(settings);
  const parts: TrinoParts = { http, catalogs: new TrinoCatalogs(http), lake: settings.lake };

  async function run(
    statement: EngineStatement,
    folder: string,
    control: StatementControl = {},
  ): Promise<StatementOutcome> {
    return withLimits(control, async (signal) => {
      try {
        return await twice(parts, statement, signal, (prepared) =>
          toSpool(http, prepared, folder, { ...control, signal }),
        );
      } catch (error) {
        await dropSpool(folder);
        throw error;
      }
    });
  }

  return {
    parts,
    run,
    async writeParquet(statement, path, control = {}) {
      const folder = join(settings.tempDir, `trino-${randomUUID()}`);
      try {
        const { rowsRead, bytesRead } = await run(statement, folder, control);
        const { signal } = control;
        const written = await settings.toParquet(folder, path, signal === undefined ? {} : { signal });
        return { ...written, rowsRead, bytesRead };
      } finally {
        await dropSpool(folder);
      }
    },
    explain: (statement, { analyze, signal }) =>
      withLimits(signal === undefined ? {} : { signal }, (limited) =>
        twice(parts, statement, limited, (prepared) => explain(http, prepared, analyze, limited)),
      ),
    async health() {
      const { version, isStarting } = await http.info();
      if (isStarting)
        throw new Failure("engine_unavailable", "Trino is starting.", { retryable: true, cause: version });
      return { version, detail: `at ${new URL(settings.url).host}` };
    },
    close: () => http.close(),
  };
}

/** A Trino that started anew has lost its catalogs: they are made again, once. */
async function twice<T>(
  parts: TrinoParts,
  statement: EngineStatement,
  signal: AbortSignal,
  act: (prepared: PreparedStatement) => Promise<T>,
): Promise<T> {
  const prepared = await prepareStatement(parts, statement, signal);
  try {
    return await act(prepared);
  } catch (error) {
    if (!lacksCatalog(error)) throw error;
    parts.catalogs.forget(prepared.catalogs);
    return act(await prepareStatement(parts, statement, signal));
  }
}

const lacksCatalog = (error: unknown): boolean =>
  error instanceof Failure && String(error.cause).startsWith("CATALOG_NOT_FOUND");

async function toSpool(
  http: TrinoHttp,
  prepared: PreparedStatement,
  folder: string,
  control: StatementControl & { signal: AbortSignal },
): Promise<StatementOutcome> {
  const teller = new StatementProgressTeller(control);
  let spool: SpoolWriter | null = null;
  try {
    for await (const { columns, rows, stats } of trinoQuery(http, prepared, control.signal)) {
      teller.progress(stats);
      if (columns !== null && spool === null) {
        spool = await SpoolWriter.open(folder, columns);
        control.onColumns?.(columns.map(({ name, type }) => ({ name, type })));
      }
      if (rows !== null) await spool?.take(rows, teller.rows);
    }
    if (spool === null) throw new Failure("engine_failed", "Trino gave no columns.");
    const { rows, bytes } = await spool.end(teller.rows);
    teller.end();
    return { rows, bytes, ...teller.read };
  } finally {
    await spool?.close();
  }
}

async function explain(
  http: TrinoHttp,
  prepared: PreparedStatement,
  analyze: boolean,
  signal: AbortSignal,
): Promise<PlanNode> {
  const prefix = analyze ? "EXPLAIN ANALYZE\n" : "EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON)\n";
  const text = prefix + prepared.text;
  let plan = "";
  for await (const { rows } of trinoQuery(http, { ...prepared, text, linesBefore: 1 }, signal)) {
    if (rows === null) continue;
    const start = rows.skip();
    const read = JSON.parse(new TextDecoder().decode(rows.bytes.subarray(start, rows.at))) as [string][];
    plan += read.map(([line]) => line).join("");
  }
  return analyze ? readPlanText(plan, prepared.translate) : readPlanJson(plan, prepared.translate);
}

async function withLimits<T>(
  { signal, timeoutMs = 0 }: Pick<StatementControl, "signal" | "timeoutMs">,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limits = new AbortController();
  const onAbort = () => limits.abort(new Failure("cancelled", "The statement was cancelled."));
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });
  const timer = timeoutMs === 0 ? undefined : setTimeout(() => limits.abort(tooLong(timeoutMs)), timeoutMs);
  try {
    return await act(limits.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

const tooLong = (timeoutMs: number): Failure =>
  new Failure("timed_out", `The statement took longer than ${Math.round(timeoutMs / 100) / 10} s.`);
