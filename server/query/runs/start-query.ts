import { randomUUID } from "node:crypto";
import { z } from "zod";
import { queryErrorOf } from "../../../domain/query/query-error";
import { listParameters } from "../../../domain/query/query-parameter";
import { QueryRun, type StatementKind } from "../../../domain/query/query-run";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import type { StoredRun } from "../query-store";
import { recoverOnce } from "../running/recover";
import { type UnderstoodStatement, understandStatement } from "../understand/understand-statement";
import { QueryRunView, StatementFields } from "../views";
import { writeTarget } from "../writes/write-target";
import { type CarryOut, carryOut, serverEngine } from "./carry-out";

/** Statements of a workspace that wait or run at one time. */
const MOST_AT_ONCE = 200;

export const StartQueryInput = z.object({
  ...StatementFields,
  /** The browser runs statements itself: see `queries.prepare` and `queries.record`. */
  engine: z.enum(["auto", "duckdb", "trino"]).default("auto"),
  /** Keeps the first rows only. */
  limit: z.int().min(1).optional(),
  savedQuery: QueryRun.shape.savedQuery.unwrap().optional(),
});
export type StartQueryInput = z.infer<typeof StartQueryInput>;

export const StartedQuery = QueryRunView.pick({ id: true, status: true, kind: true, placement: true });

/**
 * Runs a statement on the server; it goes on when whoever asked has gone. One that cannot be run fails at once, with the
 * place in the statement as `/sql/<offset>`, and stands in the history all the same.
 */
export async function startQuery(
  scope: QueryScope,
  input: StartQueryInput,
): Promise<z.infer<typeof StartedQuery>> {
  requireRole(scope, "viewer");
  await recoverOnce(scope);
  if (scope.running.count(scope.workspace.id) >= MOST_AT_ONCE)
    throw new Failure("rate_limited", `${MOST_AT_ONCE} statements of this workspace wait or run already.`, {
      retryable: true,
      hint: "Cancel some, or wait until they have ended.",
    });
  const work = await plan(scope, input).catch(async (error: unknown) => {
    if (error instanceof Failure) await scope.store.insertRun(refusedRun(scope, input, error));
    throw error;
  });
  const run = queuedRun(scope, input, work);
  await scope.running.start(scope.store, run, (live) => carryOut(scope, live, work));
  const { id, status, kind, placement } = scope.running.find(run.id) ?? run;
  return { id, status, kind, placement };
}

async function plan(scope: QueryScope, input: StartQueryInput): Promise<CarryOut> {
  const understood = await understandStatement(scope, input);
  const { kind, write } = understood.prepared;
  if (kind === "explain")
    throw new Failure("invalid_input", "EXPLAIN gives a plan, not rows.", {
      hint: "Ask for the plan in the editor, or by POST /api/v1/queries/explain.",
    });
  const target = write === null ? null : await writeTarget(scope, write);
  if (target?.mode !== "drop") serverEngine(scope, understood);
  return { understood, target, limit: input.limit };
}

function queuedRun(scope: QueryScope, input: StartQueryInput, { understood, target }: CarryOut): StoredRun {
  const { prepared, placement, reads } = understood;
  return {
    ...newRun(scope, input),
    kind: prepared.kind,
    status: "queued",
    placement:
      target?.mode === "drop" ? { ...placement, reason: "the catalog of tables does it" } : placement,
    translated: prepared.sql === input.sql || prepared.sql === "" ? null : prepared.sql,
    reads: readsOf(reads),
    // What is intended; the end says what came of it.
    writes: target === null ? [] : [{ table: target.table, mode: target.mode, snapshotId: null, rows: null }],
    resultKept: false,
  };
}

/** Each state of a table once, however many names it is read by. */
const readsOf = (reads: UnderstoodStatement["reads"]) => [
  ...new Map(
    reads.map(({ table, snapshotId }) => [`${table} ${snapshotId ?? ""}`, { table, snapshotId }]),
  ).values(),
];

function refusedRun(scope: QueryScope, input: StartQueryInput, failure: Failure): StoredRun {
  const run = newRun(scope, input);
  return { ...run, status: "failed", endedAt: run.createdAt, error: queryErrorOf(failure, input.sql) };
}

/** A run that has not come to anything yet. */
export function newRun(
  { workspace, actor, clock }: QueryScope,
  {
    sql,
    dialect,
    engine,
    parameters,
    savedQuery,
  }: Pick<StartQueryInput, "sql" | "dialect" | "parameters" | "engine" | "savedQuery">,
): StoredRun {
  return {
    id: randomUUID(),
    workspaceId: workspace.id,
    createdById: actor.id,
    createdBy: actor.name,
    sql,
    dialect,
    parameters: listParameters(parameters),
    kind: kindOf(sql),
    status: "queued",
    placement: {
      engine: engine === "auto" ? "duckdb" : engine,
      reason: "it was not run",
      chosen: engine === "auto" ? "auto" : "by_user",
    },
    translated: null,
    columns: null,
    rows: 0,
    bytes: 0,
    rowsRead: null,
    bytesRead: null,
    progressShare: null,
    elapsedMs: 0,
    reads: [],
    writes: [],
    resultKept: false,
    savedQuery: savedQuery ?? null,
    error: null,
    createdAt: clock.now(),
    startedAt: null,
    endedAt: null,
  };
}

/** What a statement seems to be that was not understood. */
function kindOf(sql: string): StatementKind {
  const word = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase();
  if (word === "CREATE") return "create_table_as";
  if (word === "INSERT") return "insert";
  if (word === "DROP") return "drop_table";
  return word === "EXPLAIN" ? "explain" : "select";
}
