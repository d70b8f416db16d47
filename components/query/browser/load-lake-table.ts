import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import type { useTRPCClient } from "@/components/trpc";
import { quoteTableName } from "@/domain/ports/table-name";
import { Failure } from "@/domain/shared/failure";
import { serverResultSource } from "../results/source/server-result-source";
import { followRun } from "../statements/server-executor";
import type { BringOptions } from "./bring-result";
import type { BrowserEngine } from "./browser-engine";

type Client = ReturnType<typeof useTRPCClient>;

export type LakeTable = {
  /** Three parts. */
  table: string;
  /** The name under which statements of the page read it: its own, unless it is read as of an earlier time. */
  as?: string;
  /** The state to bring; the present one where it is null. */
  snapshotId: string | null;
};

/**
 * Brings a table of the lake into this browser, at one state of it: the server reads it, the page takes the rows. A copy that
 * is there already is replaced once the new one is whole.
 * Failures: those of the statement, `resource_exhausted` past the limit, `cancelled`.
 */
export async function loadLakeTable(
  engine: BrowserEngine,
  { client, workspace }: { client: Client; workspace: string },
  { table, as = table, snapshotId }: LakeTable,
  options: BringOptions,
): Promise<BrowserTable> {
  const at = snapshotId === null ? "" : ` FOR VERSION AS OF ${snapshotId}`;
  const { signal } = options;
  const sql = `SELECT * FROM ${quoteTableName(table)}${at}`;
  const { id } = await client.queries.start.mutate({ workspace, sql, dialect: "trino", parameters: [] });
  const run = await followRun(client, workspace, id, { onRun: () => {}, signal });
  if (run.status !== "succeeded") {
    throw new Failure(
      run.error?.code ?? "cancelled",
      run.error?.message ?? `${table} was not brought into the browser.`,
      run.error?.hint ? { hint: run.error.hint } : {},
    );
  }
  const unused = () => Promise.reject(new Error("Nothing is asked of a table on its way."));
  const { source } = serverResultSource({
    workspace,
    queryId: id,
    columns: run.columns ?? [],
    extent: { rows: run.rows, isComplete: true },
    procedures: { view: unused, rowsOf: unused },
  });
  const pinned = run.reads.find((read) => read.table === table)?.snapshotId ?? snapshotId;
  try {
    const { bringResult } = await import("./bring-result");
    return await bringResult(
      engine,
      source,
      { path: as.split("."), origin: { kind: "lake", table, snapshotId: pinned } },
      options,
    );
  } finally {
    source.close();
    await client.queries.forget.mutate({ workspace, id }).catch(() => {});
  }
}
