import { type BacktestRow, evaluateForecasts } from "../../../domain/experiments/evaluate-forecasts";
import type { EvaluationReport } from "../../../domain/experiments/evaluation-report";
import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import { trainingTables } from "../../../domain/pipelines/task-types/training-tables";
import { upstreamTasks } from "../../../domain/pipelines/upstream-tasks";
import type { Cell } from "../../../domain/ports/rows";
import { quoteTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";
import type { TaskOutputs } from "../running/execution-store";
import type { TaskExecutor, TaskSockets, TaskWork } from "../task-executor";
import { TaskFailed } from "../task-failed";

type ModelEvaluate = Extract<PipelineTask, { type: "model_evaluate" }>;

const MOST_ROWS = 1_000_000;

/** Judges the forecasts that a training before it wrote, keeps the verdict, and fails where the document says so. */
export const modelEvaluate: TaskExecutor<ModelEvaluate> = async (task, work, sockets) => {
  const verdict = await work.step("evaluate", async () => {
    work.progress("reading the back-test");
    const report = await evaluate(task, work, sockets, work.signal);
    await sockets.store.putEvaluation(work.run.id, work.key.taskId, work.run.workspaceId, report);
    return summarise(report, task);
  });
  const noted = await work.step("record", () => recordMetrics(verdict, sockets));
  work.progress(verdict.sentences[0] ?? verdict.passed);
  if (verdict.sentences.length > 0 && task.config.fail_on_threshold_breach) throw breached(verdict.sentences);
  return {
    ...verdict.outputs,
    facts: [
      ...(verdict.outputs.facts ?? []),
      ...(noted ? [] : [{ label: "MLflow", value: "the metrics could not be logged there" }]),
    ],
  };
};

async function evaluate(
  task: ModelEvaluate,
  work: TaskWork,
  sockets: TaskSockets,
  signal: AbortSignal,
): Promise<EvaluationReport> {
  const training = upstreamTasks(task, work.run.document.tasks).find(
    (each) => each.type === "ray_train" && trainingTables(each.config).tables.backtest !== undefined,
  );
  const name = training?.type === "ray_train" ? trainingTables(training.config).tables.backtest : undefined;
  const table = name === undefined ? null : await sockets.tableCatalog.find(work.run.workspaceId, name);
  if (training === undefined || table === null) {
    throw new Failure("not_found", "There is no back-test to evaluate.", {
      hint: "A ray_train task before this one must write the output table backtest.",
    });
  }
  work.reads({ kind: "table", name: table.name, version: table.snapshotId });
  const mlflow = (await work.outputsOf(training.task_id)).mlflow ?? null;
  const { rows, truncated } = await sockets.queryEngine.rows(
    `SELECT CAST(origin AS VARCHAR), CAST("date" AS VARCHAR), category, model, CAST(predicted AS DOUBLE), CAST(actual AS DOUBLE),
            chosen, registered_model, is_holdout, is_rolling
     FROM ${quoteTableName(table.name)} WHERE is_holdout OR is_rolling`,
    { tables: [table], limit: MOST_ROWS, signal },
  );
  if (truncated) throw new Failure("resource_exhausted", `The back-test has more than ${MOST_ROWS} rows.`);
  const backtest = rows.map(toBacktestRow);
  if (!backtest.some((row) => row.chosen)) {
    throw new Failure("invalid_input", "The back-test marks no forecaster as chosen.", {
      hint: "The script sets `chosen` on the rows of the forecaster it would use.",
    });
  }
  return evaluateForecasts(backtest, {
    thresholds: task.config.thresholds,
    holdoutLabel: task.config.holdout_label ?? null,
    backtestTable: { name: table.name, version: String(table.version) },
    mlflowRunId: mlflow?.runId ?? null,
    mlflowUrl: mlflow?.url ?? null,
  });
}

function toBacktestRow([
  origin,
  date,
  category,
  model,
  predicted,
  actual,
  chosen,
  registered,
  holdout,
  rolling,
]: Cell[]): BacktestRow {
  return {
    origin: String(origin).slice(0, 10),
    date: String(date).slice(0, 10),
    category: String(category),
    model: String(model),
    predicted: Number(predicted),
    actual: Number(actual),
    chosen: chosen === true,
    registeredModel: typeof registered === "string" ? registered : null,
    isHoldout: holdout === true,
    isRolling: rolling === true,
  };
}

type Verdict = { outputs: TaskOutputs; sentences: string[]; passed: string; mlflowRunId: string | null };

function summarise(
  { overall, wins, categories, mlflowRunId, mlflowUrl }: EvaluationReport,
  task: ModelEvaluate,
): Verdict {
  const metrics: Record<string, number> = {};
  for (const metric of task.config.metrics) {
    for (const [window, suffix] of [
      ["backtest", "overall"],
      ["holdout", "holdout"],
    ] as const) {
      const value = metric === "mape" ? overall.mapeWeighted[window] : overall[window][metric];
      if (value !== null) metrics[`${metric}_${suffix}`] = value;
    }
  }
  const facts = Object.entries(wins).map(([baseline, { won, of }]) => ({
    label: `Beats ${baseline.replaceAll("_", " ")}`,
    value: `${won} of ${of} categories`,
  }));
  return {
    outputs: {
      metrics,
      facts,
      ...(mlflowRunId === null ? {} : { mlflow: { runId: mlflowRunId, url: mlflowUrl ?? "" } }),
    },
    sentences: overall.breaches.map((breach) => breach.sentence),
    passed: `judged ${categories.length} categories: within every threshold`,
    mlflowRunId,
  };
}

/** False where the tracker could not take them: the verdict stands without it. */
async function recordMetrics(
  { outputs, mlflowRunId }: Verdict,
  { tracker, report }: TaskSockets,
): Promise<boolean> {
  if (tracker === null || mlflowRunId === null) return mlflowRunId === null;
  try {
    await tracker.logMetrics(mlflowRunId, outputs.metrics ?? {});
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

const breached = (sentences: string[]): TaskFailed =>
  new TaskFailed(
    {
      code: "threshold_breached",
      message: sentences[0] ?? "",
      hint: "The evaluation shows every category. Change the thresholds or the model, or set fail_on_threshold_breach to false.",
      detail: sentences.length > 1 ? sentences.join("\n") : null,
    },
    "final",
  );
