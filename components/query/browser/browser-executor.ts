import type { useTRPCClient } from "@/components/trpc";
import { type Origins, originOf, placeAt } from "@/domain/query/origins";
import type { QueryError, QueryRun } from "@/domain/query/query-run";
import { Failure } from "@/domain/shared/failure";
import type { ResultSource } from "../results/result-source";
import type { Executor } from "../statements/statement-store";
import { type BrowserEngine, browserEngine } from "./browser-engine";
import { browserFacts, tableName } from "./browser-facts";
import { loadLakeTable } from "./load-lake-table";

type Client = ReturnType<typeof useTRPCClient>;
type Prepared = Awaited<ReturnType<Client["queries"]["prepare"]["mutate"]>>;

/** Results of this page by the id of their run. */
const sources = new Map<string, ResultSource>();

/** The rows of a run that this page made itself; null for runs of the server and once they were let go. */
export const browserSource = (runId: string): ResultSource | null => sources.get(runId) ?? null;

/** Makes a result of this page known under the id of its run. */
export const keepBrowserSource = (runId: string, source: ResultSource): void =>
  void sources.set(runId, source);

export function forgetBrowserSource(runId: string): void {
  sources.get(runId)?.close();
  sources.delete(runId);
}

/**
 * Runs those statements in the page that are placed there, and leaves the others to the server. Statements that are placed
 * by themselves are asked about only while the page holds a table.
 */
export const browserExecutor =
  (client: Client, workspace: string, scope: string) =>
  (server: Executor): Executor =>
  async (request, options) => {
    if (request.engine !== "auto" && request.engine !== "browser") return server(request, options);
    const engine = await browserEngine(scope);
    if (request.engine === "auto" && engine.tables.list().length === 0) return server(request, options);
    const { sql, dialect, parameters } = request;
    const prepared = await client.queries.prepare.mutate(
      { workspace, sql, dialect, parameters, engine: request.engine, browser: browserFacts(engine) },
      { signal: options.signal },
    );
    if (prepared.placement.engine !== "browser") return server(request, options);
    return inPage(engine, { client, workspace }, request, prepared, options);
  };

async function inPage(
  engine: BrowserEngine,
  at: { client: Client; workspace: string },
  request: Parameters<Executor>[0],
  prepared: Prepared,
  { onRun, signal }: Parameters<Executor>[1],
): Promise<QueryRun> {
  const { runInBrowser } = await import("./run-in-browser");
  const startedAt = new Date();
  let run = startedRun(request, prepared, startedAt);
  const tell = (changes: Partial<QueryRun>) => {
    run = { ...run, ...changes, elapsedMs: Date.now() - startedAt.getTime() };
    onRun(run);
  };
  tell({});
  try {
    await bringMissing(engine, at, prepared, signal);
    const { source, elapsedMs, rowsRead } = await runInBrowser(engine, {
      sql: prepared.sql,
      signal,
      onSource(given) {
        keepBrowserSource(run.id, given);
        tell({ columns: [...given.columns] });
      },
      onProgress: ({ rows, bytes }) => tell({ rows, bytes }),
    });
    run = { ...run, status: "succeeded", rows: source.rows, rowsRead, elapsedMs, endedAt: new Date() };
  } catch (error) {
    sources.delete(run.id);
    run = { ...run, ...failed(error, request.sql, prepared.origins), endedAt: new Date(), resultKept: false };
  }
  onRun(run);
  await record(at, run).catch(() => {});
  return run;
}

/** Tables of the lake that the statement reads and the page has not, or not in that state. */
async function bringMissing(
  engine: BrowserEngine,
  at: { client: Client; workspace: string },
  { reads }: Prepared,
  signal: AbortSignal,
): Promise<void> {
  for (const { table, as, snapshotId } of reads) {
    const isThere = engine.tables
      .list()
      .some(
        (known) =>
          tableName(known) === as && (known.origin.kind !== "lake" || known.origin.snapshotId === snapshotId),
      );
    if (!isThere) await loadLakeTable(engine, at, { table, as, snapshotId }, { signal });
  }
}

function startedRun(
  { sql, dialect, parameters, savedQuery }: Parameters<Executor>[0],
  { kind, placement, sql: translated, reads }: Prepared,
  startedAt: Date,
): QueryRun {
  return {
    id: crypto.randomUUID(),
    sql,
    dialect,
    kind,
    status: "running",
    placement,
    translated: translated === sql ? null : translated,
    parameters,
    columns: null,
    rows: 0,
    bytes: 0,
    rowsRead: null,
    bytesRead: null,
    progressShare: null,
    elapsedMs: 0,
    reads: reads.map(({ table, snapshotId }) => ({ table, snapshotId })),
    writes: [],
    resultKept: true,
    savedQuery,
    error: null,
    createdBy: "",
    createdAt: startedAt,
    startedAt,
    endedAt: null,
  };
}

function failed(error: unknown, sql: string, origins: Origins): Pick<QueryRun, "status" | "error"> {
  if (!(error instanceof Failure)) throw error;
  if (error.code === "cancelled") return { status: "cancelled", error: null };
  const offset = /^\/sql\/(\d+)$/.exec(error.errors[0]?.pointer ?? "")?.[1];
  const told: QueryError = {
    code: error.code,
    message: error.message,
    hint: error.hint ?? null,
    place: offset === undefined ? null : placeAt(sql, originOf(origins, Number(offset))),
  };
  return { status: "failed", error: told };
}

/** Puts the run into the history; one that cannot be put there is not less true. */
async function record(
  { client, workspace }: { client: Client; workspace: string },
  run: QueryRun,
): Promise<void> {
  if (run.status !== "succeeded" && run.status !== "failed" && run.status !== "cancelled") return;
  const { sql, dialect, parameters, kind, status, placement, translated, columns } = run;
  const { rows, bytes, elapsedMs, reads, savedQuery, error } = run;
  await client.queries.record.mutate({
    workspace,
    sql,
    dialect,
    parameters,
    kind,
    status,
    placement: { reason: placement.reason, chosen: placement.chosen },
    translated,
    columns,
    rows,
    bytes,
    elapsedMs,
    reads,
    savedQuery,
    error,
  });
}
