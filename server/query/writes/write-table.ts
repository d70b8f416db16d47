import type {
  EngineStatement,
  StatementControl,
  StatementEngine,
} from "../../../domain/ports/statement-engine";
import type { EngineName } from "../../../domain/query/dialect";
import { insertColumns } from "../../../domain/query/insert-columns";
import type { TableWritten } from "../../../domain/query/query-run";
import type { ResultColumn } from "../../../domain/query/result-column";
import { Failure } from "../../../domain/shared/failure";
import { quotedName } from "../../../domain/shared/quoted-name";
import { recordAudit } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import type { RunChange } from "../query-store";
import { removeResult } from "../results/result-folder";
import { limitRows } from "../runs/limit-rows";
import type { WriteTarget } from "./write-target";
import { writtenBy } from "./written-by";

export type WriteWork = {
  id: string;
  target: WriteTarget;
  engine: StatementEngine;
  engineName: EngineName;
  statement: EngineStatement;
  /** A folder that may be used for a moment. */
  probeFolder: string;
  control: StatementControl & { signal: AbortSignal };
  /** Says by how much the text of the statement moved, for the places of its failures. */
  onMoved: (by: number) => void;
};

const ACTS = {
  create: "table.created",
  replace: "table.replaced",
  append: "table.appended",
  drop: "table.dropped",
};

/** Writes the rows of a statement to a file that the lake then commits, wholly or not at all. */
export async function writeTable(scope: QueryScope, work: WriteWork): Promise<RunChange> {
  const { id, target, engine, control } = work;
  if (target.isDone) return wrote(target, { rows: 0, snapshotId: target.existing?.snapshotId ?? null });
  const sql = await fittingSql(work);
  const { tableCatalog, workspace } = scope;
  const path = await tableCatalog.stage(workspace.id, target.table, keyOf(id));
  const written = await engine.writeParquet({ ...work.statement, sql }, path, control);
  control.signal.throwIfAborted();
  await requireUnchanged(scope, target);
  const committed = await tableCatalog.commit(workspace.id, {
    name: target.table,
    writtenBy: writtenBy(id),
    kind: "query",
    idempotencyKey: keyOf(id),
    mode: target.mode === "append" ? "append" : "overwrite",
  });
  const { rowsRead, bytesRead, rowCount, bytes } = written;
  await audit(scope, work, { rows: rowCount, snapshotId: committed.snapshotId });
  return {
    ...wrote(target, { rows: rowCount, snapshotId: committed.snapshotId }),
    bytes,
    rowsRead,
    bytesRead,
  };
}

/** Takes a table out of the catalog. */
export async function dropTarget(
  scope: QueryScope,
  work: Pick<WriteWork, "id" | "target">,
): Promise<RunChange> {
  const { target } = work;
  if (!target.isDone) {
    await scope.lakeAdmin.drop(scope.workspace.id, target.table);
    await audit(scope, work, { rows: null, snapshotId: null });
  }
  return wrote(target, { rows: null, snapshotId: null });
}

const keyOf = (id: string): string => `query-${id}`;

const wrote = (
  { table, mode, isDone }: WriteTarget,
  { rows, snapshotId }: Pick<TableWritten, "rows" | "snapshotId">,
): RunChange => ({ writes: isDone ? [] : [{ table, mode, snapshotId, rows }] });

const audit = (
  scope: QueryScope,
  { id, target: { table, mode } }: Pick<WriteWork, "id" | "target">,
  detail: { rows: number | null; snapshotId: string | null },
): Promise<void> => recordAudit(scope, ACTS[mode], table, { queryId: id, ...detail });

/** CREATE TABLE is not to take the place of a table that somebody made meanwhile. */
async function requireUnchanged(
  { tableCatalog, workspace }: QueryScope,
  { table, mode }: WriteTarget,
): Promise<void> {
  if (mode !== "create" || (await tableCatalog.find(workspace.id, table)) === null) return;
  throw new Failure("conflict", `Somebody made a table ${table} meanwhile.`, {
    hint: "Write CREATE OR REPLACE TABLE to take its place.",
  });
}

/** The query whose columns are those that the table takes. */
async function fittingSql(work: WriteWork): Promise<string> {
  const { target, statement, onMoved, engineName } = work;
  const { existing, columns, mode } = target;
  if (mode !== "append" && columns === null) return statement.sql;
  const given = await columnsOf(work);
  if (mode === "append" && existing !== null) {
    const { head, tail } = insertColumns(existing, columns, given, engineName);
    onMoved(head.length);
    return head + statement.sql + tail;
  }
  const names = columns ?? [];
  if (names.length !== given.length)
    throw new Failure(
      "invalid_input",
      `${names.length} columns are named, and the query gives ${given.length}.`,
    );
  const head = "SELECT * FROM (";
  onMoved(head.length);
  return `${head}${statement.sql}\n) AS given_rows (${names.map(quotedName).join(", ")})`;
}

async function columnsOf({ engine, statement, probeFolder, control }: WriteWork): Promise<ResultColumn[]> {
  let columns: ResultColumn[] = [];
  try {
    await engine.run({ ...statement, sql: limitRows(statement.sql, 0) }, probeFolder, {
      signal: control.signal,
      onColumns: (found) => {
        columns = found;
      },
    });
  } finally {
    await removeResult(probeFolder);
  }
  return columns;
}
