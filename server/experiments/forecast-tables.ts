import type { PipelineDocument } from "../../domain/pipelines/document/pipeline-document";
import { trainingTables } from "../../domain/pipelines/task-types/training-tables";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { CatalogTable, TableCatalog } from "../../domain/ports/table-catalog";
import { Failure } from "../../domain/shared/failure";
import type { WorkspaceScope } from "../workspaces/index";
import { type Db, documentOf, newestForecastRun, runRow } from "./store";

export type ForecastScope = WorkspaceScope<{ db: Db; tableCatalog: TableCatalog; queryEngine: QueryEngine }>;

export type ForecastTables = {
  features: CatalogTable | null;
  backtest: CatalogTable | null;
  forecast: CatalogTable | null;
};

/**
 * The tables that the training of a run (or of the newest run that trained) reads and writes, in their current version.
 * Failures: `not_found`.
 */
export async function forecastTables(
  { db, workspace, tableCatalog }: ForecastScope,
  runId: string | undefined,
): Promise<ForecastTables> {
  const run =
    runId === undefined ? await newestForecastRun(db, workspace.id) : await runRow(db, workspace.id, runId);
  const document =
    run === null ? null : await documentOf(db, workspace.id, run.pipelineId, run.pipelineVersion);
  if (document === null) {
    throw new Failure(
      "not_found",
      runId === undefined ? "No run has made a forecast yet." : `There is no run ${runId} in this workspace.`,
      {
        hint: "Run the pipeline first.",
      },
    );
  }
  const { dataset, outputs } = namedTables(document);
  const find = (name: string | undefined) =>
    name === undefined ? null : tableCatalog.find(workspace.id, name);
  const [features, backtest, forecast] = await Promise.all([
    find(dataset),
    find(outputs.backtest),
    find(outputs.forecast),
  ]);
  return { features, backtest, forecast };
}

function namedTables(document: PipelineDocument): {
  dataset: string | undefined;
  outputs: Record<string, string>;
} {
  for (const task of document.tasks) {
    if (task.type === "ray_train")
      return { dataset: task.config.dataset, outputs: trainingTables(task.config).tables };
  }
  return { dataset: undefined, outputs: {} };
}
