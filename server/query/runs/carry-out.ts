import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type {
  EngineStatement,
  StatementControl,
  StatementEngine,
} from "../../../domain/ports/statement-engine";
import { queryErrorOf } from "../../../domain/query/query-error";
import { Failure } from "../../../domain/shared/failure";
import { openAttachments } from "../attachments/open-attachments";
import type { QueryScope } from "../query-scope";
import type { RunChange } from "../query-store";
import { removeResult, resultFolder } from "../results/result-folder";
import { letOldResultsGo } from "../running/let-go";
import type { LiveRun } from "../running/running-queries";
import type { UnderstoodStatement } from "../understand/understand-statement";
import { failureWhereWritten } from "../understand/where-written";
import { dropTarget, writeTable } from "../writes/write-table";
import type { WriteTarget } from "../writes/write-target";
import { limitRows } from "./limit-rows";
import { resultGuard } from "./result-guard";

export type CarryOut = {
  understood: UnderstoodStatement;
  target: WriteTarget | null;
  limit: number | undefined;
};

/** What the engine is asked. The secrets of databases are open in it: it is not to be kept. */
export async function engineStatement(
  scope: QueryScope,
  { prepared, reads, attachments }: UnderstoodStatement,
): Promise<EngineStatement> {
  const opened = await openAttachments(scope, attachments);
  return {
    sql: prepared.sql,
    workspaceId: scope.workspace.id,
    tables: reads.flatMap(({ location }) => (location === null ? [] : [location])),
    ...opened,
  };
}

/** The engine of a placement on the server. Failures: `engine_unavailable`. */
export function serverEngine(
  { statementEngines }: QueryScope,
  { placement }: UnderstoodStatement,
): StatementEngine {
  const engine = placement.engine === "browser" ? null : statementEngines[placement.engine];
  if (engine !== null) return engine;
  throw new Failure("engine_unavailable", "This statement can run in the browser alone.", {
    hint: "Open the query room in a browser.",
  });
}

/** Runs a statement to its end, however it ends; a failure is part of the answer. Nothing of a failed one is left. */
export async function carryOut(scope: QueryScope, live: LiveRun, work: CarryOut): Promise<RunChange> {
  const { id, workspaceId, sql } = live.run;
  const folder = resultFolder(scope.resultsDir, { id, workspaceId });
  let moved = 0;
  try {
    const done = await act(scope, live, work, folder, (by) => {
      moved = by;
    });
    return { status: "succeeded", progressShare: 1, endedAt: scope.clock.now(), ...done };
  } catch (error) {
    await removeResult(folder);
    const failure = toldFailure(live.signal.aborted ? live.signal.reason : error, id);
    const { origins } = work.understood;
    const placed = failureWhereWritten(
      origins.map(([here, there, length]) => [here + moved, there, length]),
      failure,
    );
    return {
      status: failure.code === "cancelled" ? "cancelled" : "failed",
      rows: 0,
      bytes: 0,
      writes: [],
      resultKept: false,
      progressShare: null,
      endedAt: scope.clock.now(),
      error: queryErrorOf(placed, sql),
    };
  }
}

function toldFailure(error: unknown, id: string): Failure {
  if (error instanceof Failure) {
    if (error.cause !== undefined && error.code.startsWith("engine_"))
      console.error(`query ${id}:`, error.cause);
    return error;
  }
  console.error(`query ${id}:`, error);
  return new Failure(
    "engine_failed",
    "Something went wrong inside Benchwright; the details are in the server's log.",
  );
}

async function act(
  scope: QueryScope,
  live: LiveRun,
  { understood, target, limit }: CarryOut,
  folder: string,
  onMoved: (by: number) => void,
): Promise<RunChange> {
  live.signal.throwIfAborted();
  const { id } = live.run;
  if (target?.mode === "drop" || target?.isDone) {
    live.change({ status: "running", startedAt: scope.clock.now() });
    return target.mode === "drop" ? dropTarget(scope, { id, target }) : { writes: [] };
  }
  const engine = serverEngine(scope, understood);
  const statement = await engineStatement(scope, understood);
  await mkdir(dirname(folder), { recursive: true });
  const control = controlOf(scope, live);
  if (target === null) return keepRows(scope, engine, statement, { folder, limit, control });
  return writeTable(scope, {
    ...{ id, target, engine, statement, control, onMoved },
    engineName: understood.placement.engine,
    probeFolder: `${folder}.columns`,
  });
}

function controlOf(
  { clock, queryLimits }: QueryScope,
  live: LiveRun,
): StatementControl & { signal: AbortSignal } {
  return {
    signal: live.signal,
    timeoutMs: queryLimits.timeoutMs,
    onStart: () => live.change({ status: "running", startedAt: clock.now() }, "keep"),
    onColumns: (columns) => live.change({ columns }),
    onRows: (kept) => live.change(kept),
    onProgress: ({ share, rowsRead, bytesRead }) =>
      live.change({ progressShare: share, rowsRead, bytesRead }),
  };
}

async function keepRows(
  scope: QueryScope,
  engine: StatementEngine,
  statement: EngineStatement,
  asked: { folder: string; limit: number | undefined; control: StatementControl & { signal: AbortSignal } },
): Promise<RunChange> {
  const { folder, limit, control } = asked;
  const guard = resultGuard(scope.queryLimits, dirname(folder));
  await guard.lookAtDisk();
  const limited = limit === undefined ? statement : { ...statement, sql: limitRows(statement.sql, limit) };
  try {
    guard.signal.throwIfAborted();
    const outcome = await engine.run(limited, folder, {
      ...control,
      signal: AbortSignal.any([control.signal, guard.signal]),
      onRows: (kept) => {
        guard.look(kept.bytes);
        control.onRows?.(kept);
      },
    });
    const newest = { workspaceId: scope.workspace.id, bytes: outcome.bytes };
    letOldResultsGo(scope, scope.clock.now(), newest).catch((error: unknown) =>
      console.error("results:", error),
    );
    return { ...outcome, resultKept: true };
  } catch (error) {
    throw guard.signal.aborted ? guard.signal.reason : error;
  }
}
