/** The process that holds DuckDB: it answers requests from its parent over IPC, and leaves when the parent does. */
import { type DuckDBConnection, version } from "@duckdb/node-api";
import { duckdbProblem } from "./duckdb-failures";
import type {
  DuckdbProblem,
  DuckdbRequest,
  DuckdbResponse,
  DuckdbResult,
  DuckdbWork,
} from "./duckdb-messages";
import { openSandbox } from "./open-sandbox";
import { checkWork } from "./read-statement";
import { readRows, writeParquetFile } from "./run-statement";
import { StatementRefused } from "./statement-refused";

type Running = { cancelled: boolean; connection: DuckDBConnection | null };

const CANCELLED: DuckdbProblem = { code: "cancelled", message: "The statement was cancelled." };

const running = new Map<number, Running>();

async function perform(work: DuckdbWork, task: Running): Promise<DuckdbResult> {
  if (work.kind === "health") return { version: version() };
  if (work.kind === "check") return { reads: await checkWork(work) };
  const { connection, close } = await openSandbox(work);
  task.connection = connection;
  try {
    if (task.cancelled) throw new StatementRefused(CANCELLED);
    if (work.kind === "rows") return { rows: await readRows(connection, work.sql, work.limit) };
    return { written: await writeParquetFile(connection, work) };
  } finally {
    task.connection = null;
    close();
  }
}

async function answer(id: number, work: DuckdbWork): Promise<DuckdbResponse> {
  const task: Running = { cancelled: false, connection: null };
  running.set(id, task);
  try {
    return { id, result: await perform(work, task) };
  } catch (error) {
    if (task.cancelled) return { id, problem: CANCELLED };
    return { id, problem: error instanceof StatementRefused ? error.problem : duckdbProblem(error) };
  } finally {
    running.delete(id);
  }
}

process.on("message", async (request: DuckdbRequest) => {
  if ("cancel" in request) {
    const task = running.get(request.id);
    if (task === undefined) return;
    task.cancelled = true;
    task.connection?.interrupt();
    return;
  }
  process.send?.(await answer(request.id, request.work));
});

/** Killed, because an exit waits for the statements that run. */
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
/** Ctrl-C reaches the whole process group; the parent decides when this process ends. */
process.on("SIGINT", () => {});
