import { sqlTokens } from "../../../shared/sql-tokens";
import type { LoosePipeline, LooseTask } from "../loose-pipeline";
import type { Problem } from "../problem";
import { ownEntry } from "../tables-of-tasks";

/** Trainings that read the days on which their models are judged, as far as the document proves it. */
export function checkLeakage(pipeline: LoosePipeline): Problem[] {
  const trainings = pipeline.tasks.filter((task) => task.type === "ray_train");
  if (trainings.length === 0) return [];
  return [
    ...pipeline.tasks
      .filter((task) => task.type === "model_evaluate")
      .flatMap((task) => window(task, trainings, pipeline)),
    ...trainings.flatMap((task) => [...ownForecasts(task, pipeline), ...laterRows(task, pipeline)]),
  ];
}

const daysOf = (text: unknown): number | null => {
  const [, count, unit] = typeof text === "string" ? (/^(\d+)(m|h|d)$/.exec(text) ?? []) : [];
  if (count === undefined) return null;
  return Number(count) / (unit === "d" ? 1 : unit === "h" ? 24 : 1440);
};

const HELD_OUT_DAYS = 14;

function window(task: LooseTask, trainings: readonly LooseTask[], { ancestors }: LoosePipeline): Problem[] {
  const days = daysOf(task.config.validation_window);
  if (days === null) return [];
  const training = trainings.find((each) => ancestors.isBefore(each.index, task.index));
  const horizon = (training?.config.hyperparameters as { forecast_horizon?: unknown } | undefined)
    ?.forecast_horizon;
  const isSplit = task.config.holdout_split === "last_14_days";
  const heldOut = isSplit ? HELD_OUT_DAYS : typeof horizon === "number" ? horizon : null;
  if (heldOut === null || days <= heldOut) return [];
  const why = isSplit
    ? "holdout_split is last_14_days"
    : `"${training?.task_id}" holds out its forecast_horizon of ${heldOut} days`;
  return [
    {
      pointer: `/tasks/${task.index}/config/validation_window`,
      taskId: task.task_id,
      severity: "error",
      code: "leakage",
      message: `The models were trained on ${days - heldOut} of the ${days} days that they are judged on: ${why}.`,
      hint: `Judge them on ${heldOut} days at most.`,
      fix: {
        label: `Judge ${heldOut} days`,
        pointer: `/tasks/${task.index}/config/validation_window`,
        value: `${heldOut}d`,
      },
    },
  ];
}

/** What a training writes holds the days held out and their forecasts. */
function ownForecasts(task: LooseTask, { tasks, tables }: LoosePipeline): Problem[] {
  const outputs = new Set(tables[task.index]?.writes ?? []);
  const { dataset } = task.config;
  if (typeof dataset !== "string" || outputs.size === 0) return [];
  const seen = new Set<string>();
  for (let front = [dataset]; front.length > 0; ) {
    const found = front.find((table) => outputs.has(table));
    if (found !== undefined) return [leaksOutput(task, dataset, found)];
    for (const table of front) seen.add(table);
    front = tasks
      .filter((each) => each !== task && each.type !== "ray_train")
      .filter((each) => tables[each.index]?.writes.some((table) => front.includes(table)))
      .flatMap((each) => tables[each.index]?.reads ?? [])
      .filter((table) => !seen.has(table));
  }
  return [];
}

const leaksOutput = (task: LooseTask, dataset: string, found: string): Problem => ({
  pointer: `/tasks/${task.index}/config/dataset`,
  taskId: task.task_id,
  severity: "error",
  code: "leakage",
  message:
    dataset === found
      ? `"${task.task_id}" trains on ${found}, which it writes itself.`
      : `"${task.task_id}" trains on ${dataset}, which is made of ${found}, which it writes itself.`,
  hint: "That table holds the days that are held out. Train on a table without them.",
});

/** Window frames that reach past their row, in the statement that makes the dataset. */
function laterRows(task: LooseTask, { tasks, tables, knowledge }: LoosePipeline): Problem[] {
  const { dataset } = task.config;
  return tasks.flatMap((writer): Problem[] => {
    if (typeof dataset !== "string" || !tables[writer.index]?.writes.includes(dataset)) return [];
    const { sql, query_ref: name } = writer.config;
    const statement = typeof name === "string" ? ownEntry(knowledge.savedQueries, name)?.sql : sql;
    if (typeof statement !== "string" || !reachesLaterRows(statement)) return [];
    return [
      {
        pointer: `/tasks/${writer.index}/config/${typeof name === "string" ? "query_ref" : "sql"}`,
        taskId: writer.task_id,
        severity: "warning",
        code: "leakage",
        message: `"${writer.task_id}" makes the table that "${task.task_id}" trains on, and a window of its statement reaches rows behind the current one (FOLLOWING).`,
        hint: "A feature made of later days knows the days held out. End the window at CURRENT ROW or before.",
      },
    ];
  });
}

const reachesLaterRows = (sql: string): boolean =>
  /following/i.test(sql) &&
  sqlTokens(sql).some(({ kind, text }) => kind === "word" && /^following$/i.test(text));
