import { z } from "zod";
import { tablesRead } from "../../../domain/datasets/tables-read";
import { Failure } from "../../../domain/shared/failure";
import { pinStatement } from "../../lakehouse/index";
import { requireRole } from "../../workspaces/index";
import type { DataSetScope } from "../data-set-scope";
import { GetContentInput, getReport } from "./get-content";

const MOST_ROWS = 10_000;
const TIME_LIMIT_MS = 60_000;

export const RunBlockInput = GetContentInput.extend({
  /** Counted from 0, text blocks too. */
  block: z.int().min(0).max(99),
});
export const PreviewBlockInput = z.object({ sql: z.string().trim().min(1).max(100_000) });

export const BlockRows = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  /** There were more than ten thousand rows. */
  truncated: z.boolean(),
  /** When the tables were pinned: all were read as they were at that moment. */
  ranAt: z.date(),
  elapsedMs: z.number(),
  tables: z.array(z.object({ name: z.string(), snapshotId: z.string().nullable(), committedAt: z.date() })),
});

/** The rows of a query of a report, over the tables as they are when it starts. */
export async function runBlock(
  scope: DataSetScope,
  { block, ...wanted }: z.infer<typeof RunBlockInput>,
  signal?: AbortSignal,
): Promise<z.infer<typeof BlockRows>> {
  requireRole(scope, "viewer");
  const { content, version } = await getReport(scope, wanted);
  const found = content.blocks[block];
  if (found?.type !== "query")
    throw new Failure("not_found", `Version ${version} of ${wanted.name} has no query at place ${block}.`);
  return runSql(scope, found.sql, signal);
}

/** The rows of a query that is being written. */
export async function previewBlock(
  scope: DataSetScope,
  { sql }: z.infer<typeof PreviewBlockInput>,
  signal?: AbortSignal,
): Promise<z.infer<typeof BlockRows>> {
  requireRole(scope, "analyst");
  return runSql(scope, sql, signal);
}

async function runSql(scope: DataSetScope, sql: string, signal: AbortSignal | undefined) {
  const { workspace, clock, queryEngine, tableCatalog } = scope;
  const ranAt = clock.now();
  const [pinned, known] = await Promise.all([
    pinStatement(scope, { sql, workspaceId: workspace.id, now: ranAt }),
    tableCatalog.list(workspace.id),
  ]);
  const { columns, rows, truncated } = await queryEngine.rows(pinned.sql, {
    tables: pinned.tables,
    limit: MOST_ROWS,
    timeoutMs: TIME_LIMIT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  const read = tablesRead(
    sql,
    known.map(({ name }) => name),
  );
  const snapshots = new Map(
    pinned.tables.map((table) => [table.name, "snapshotId" in table ? (table.snapshotId ?? null) : null]),
  );
  return {
    columns,
    rows,
    truncated,
    ranAt,
    elapsedMs: clock.now().getTime() - ranAt.getTime(),
    tables: known
      .filter(({ name }) => read.includes(name))
      .map(({ name, committedAt }) => ({ name, snapshotId: snapshots.get(name) ?? null, committedAt })),
  };
}
