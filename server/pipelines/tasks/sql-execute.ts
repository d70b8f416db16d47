import { createHash } from "node:crypto";
import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import { parseTableName } from "../../../domain/ports/table-name";
import type { Dialect } from "../../../domain/query/dialect";
import { Failure } from "../../../domain/shared/failure";
import { sqlTokens } from "../../../domain/shared/sql-tokens";
import { unquotedToken } from "../../../domain/shared/unquoted-token";
import { pinText } from "../../lakehouse/index";
import { rememberTable } from "../running/roll-back-task";
import type { TaskExecutor, TaskSockets, TaskWork } from "../task-executor";

type SqlExecute = Extract<PipelineTask, { type: "sql_execute" }>;

/** Writes the result of a statement into a table: in place of its rows, beside them, or over those with equal keys. */
export const sqlExecute: TaskExecutor<SqlExecute> = async (task, work, sockets) => {
  const { workspaceId } = work.run;
  const { target_table: target, branch, write_mode: mode, merge_keys: key } = task.config;
  const written = await work.step("write", async () => {
    const { sql, dialect } = await statement(task, work, sockets);
    work.note(0, `INFO writing ${target}`);
    work.progress(`writing ${target}`);
    const pinned = await pinText(sockets, { sql, workspaceId, now: sockets.clock.now() });
    const text = await understood(pinned.sql, dialect, pinned.current, work, sockets);
    const path = await sockets.tableCatalog.stage(workspaceId, target, work.idempotencyKey);
    const { signal } = work;
    return sockets.queryEngine.writeParquet(text, path, { tables: pinned.tables, signal });
  });
  work.signal.throwIfAborted();
  if (branch === undefined) await rememberTable(work, sockets, target);
  await sockets.tableCatalog.commit(workspaceId, {
    name: target,
    writtenBy: `run ${work.run.id}`,
    kind: "run",
    idempotencyKey: work.idempotencyKey,
    mode,
    ...(key === undefined ? {} : { key }),
    ...(branch === undefined ? {} : { branch }),
  });
  const done = `${VERBS[mode]} ${written.rowCount.toLocaleString("en-US")} rows ${mode === "overwrite" ? "to" : "into"} ${target}${branch === undefined ? "" : ` on its branch ${branch}`}`;
  work.note(1, `INFO ${done}`);
  work.progress(done);
  return { tables: [{ name: target, rowCount: written.rowCount }] };
};

const VERBS = { overwrite: "wrote", append: "added", merge: "merged" };

async function statement(
  { config }: SqlExecute,
  work: TaskWork,
  sockets: TaskSockets,
): Promise<{ sql: string; dialect: Dialect }> {
  if (config.sql !== undefined) return { sql: config.sql, dialect: config.dialect ?? "duckdb" };
  const name = config.query_ref as string;
  const saved = await sockets.sources.savedQuery(work.run.workspaceId, name);
  if (saved === null) {
    throw new Failure("not_found", `There is no saved query ${name}.`, {
      hint: "Save the query under this name, or write the statement into the task as sql.",
    });
  }
  work.reads({ kind: "query", name, version: createHash("sha256").update(saved.sql).digest("hex") });
  const written: Dialect = saved.dialect === "trino" ? "trino" : "duckdb";
  return { sql: saved.sql, dialect: config.dialect ?? written };
}

/** The statement in the engine's dialect. What it may read is remembered with the state in which it is read. */
async function understood(
  sql: string,
  dialect: Dialect,
  tables: CatalogTable[],
  work: TaskWork,
  { sqlLanguage }: TaskSockets,
): Promise<string> {
  const known = namedIn(sql, tables);
  for (const { name, snapshotId: version } of known) work.reads({ kind: "table", name, version });
  if (dialect === "duckdb") return sql;
  if (sqlLanguage === null) {
    throw new Failure("engine_unavailable", "Statements cannot be translated: Python was not found.", {
      hint: "Install Python 3.11 to 3.13 and start again, or write DuckDB's dialect.",
    });
  }
  const told = known.map(({ name, columns }) => ({
    name: Object.values(parseTableName(name)).join("."),
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
  }));
  const prepared = await sqlLanguage.prepare({ sql, dialect, engine: "duckdb", tables: told }, work.signal);
  if (prepared.kind === "select") return prepared.sql;
  throw new Failure("invalid_input", "This statement returns no rows.", {
    hint: "Write the SELECT alone: the task writes its rows into the target table.",
  });
}

/** The tables whose last name stands in the statement: it can read no others. */
function namedIn(sql: string, tables: CatalogTable[]): CatalogTable[] {
  const words = new Set<string>();
  for (const token of sqlTokens(sql)) {
    if (token.kind === "word" || token.kind === "quoted") words.add(unquotedToken(token).toLowerCase());
  }
  return tables.filter(({ name }) => words.has(parseTableName(name).table.toLowerCase()));
}
