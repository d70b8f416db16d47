import type { ProblemCode } from "../problem";
import type { Seeded } from "./seeded";
import { caseOf, type PlantedPipeline, type PlantedTask } from "./valid-pipeline";

/** Where the planted trouble must show, and as what; the pointer may go on below `pointer`. */
export type Expected = { code: ProblemCode; pointer: string };
export type Plant = (pipeline: PlantedPipeline, random: Seeded) => Expected;

/** Changes a sound pipeline in one way that no run should have to find out. */
export const DEFECTS: Record<string, Plant> = {
  "a cycle": ({ json }, random) => {
    const [earlier, later] = edge(json.tasks, random);
    earlier.depends_on.push(later.task_id);
    return { code: "cycle", pointer: "/tasks/" };
  },
  "a cycle through tables": ({ json }, random) => {
    const [earlier, later] = statementEdge(json.tasks, random);
    earlier.config.sql = `SELECT * FROM ${later.config.target_table}`;
    delete earlier.config.query_ref;
    return { code: "table_cycle", pointer: at(json.tasks, earlier, "sql") };
  },
  "a cycle through a table that others make": ({ json, knowledge }, random) => {
    const [earlier, later] = statementEdge(json.tasks, random);
    earlier.config.sql = "SELECT * FROM lake.shop.items";
    delete earlier.config.query_ref;
    knowledge.lineage = {
      "lake.shop.items": [{ source: "analytics.u_ann.middle", by: null }],
      "analytics.u_ann.middle": [{ source: String(later.config.target_table), by: "other-pipeline" }],
    };
    return { code: "table_cycle", pointer: at(json.tasks, earlier, "sql") };
  },
  "a dependency that is not there": ({ json }, random) => {
    const task = random.of(json.tasks);
    task.depends_on.push("nobody");
    return { code: "unknown_task", pointer: `/tasks/${json.tasks.indexOf(task)}/depends_on/` };
  },
  "a connection that is not there": ({ json, knowledge }, random) => {
    knowledge.connections = [random.of(["shop", "stock-db"])];
    return { code: "unknown_reference", pointer: at(json.tasks, named(json.tasks, "sync"), "connections/") };
  },
  "a saved query that is gone": ({ json, knowledge }, random) => {
    const task = statement(json.tasks, random);
    delete task.config.sql;
    task.config.query_ref = "analytics.queries.first";
    knowledge.savedQueries = { "analytics.queries.second": { reads: [] } };
    return { code: "unknown_reference", pointer: at(json.tasks, task, "query_ref") };
  },
  "a script that is missing": ({ json }, random) => {
    const [id, key] = random.of([
      ["train", "training_script"],
      ["good", "script"],
    ] as const);
    const task = named(json.tasks, id);
    task.config[key] = "forecast/tarin.py";
    return { code: "unknown_reference", pointer: at(json.tasks, task, key) };
  },
  "a pipeline that is not there": ({ json, knowledge }, random) => {
    knowledge.pipelines = random.of([[], ["another"]]);
    return { code: "unknown_reference", pointer: at(json.tasks, named(json.tasks, "other"), "pipeline_id") };
  },
  "a table that is not there": ({ json }, random) => {
    const task = statement(json.tasks, random);
    delete task.config.query_ref;
    task.config.sql = "SELECT * FROM analytics.derived.nowhere";
    return { code: "unknown_reference", pointer: at(json.tasks, task, "sql") };
  },
  "a message to nobody": ({ knowledge }, random) => {
    knowledge.notificationTargets = { slack: random.of([[], ["#other"]]), webhook: ["ci"] };
    return { code: "unknown_reference", pointer: "/notifications/on_failure/target" };
  },
  "a value of a wrong type": ({ json }, random) => {
    const task = named(json.tasks, "train");
    task.config.ray_config = {
      num_workers: random.of<unknown>(["four", [4], true]),
      resources_per_worker: { CPU: 1 },
    };
    return { code: "wrong_type", pointer: at(json.tasks, task, "ray_config/num_workers") };
  },
  "an expression of a wrong type": ({ json }, random) => {
    const train = named(json.tasks, "train");
    if (random.below(2) === 0) {
      const text = random.of(["{{ parameters.regions }}", "{{ run.date }}", "{{ 1 < 2 }}"]);
      (train.config.ray_config as Record<string, unknown>).num_workers = text;
      return { code: "type_mismatch", pointer: at(json.tasks, train, "ray_config/num_workers") };
    }
    const branch = named(json.tasks, "choose");
    branch.config.cases = [caseOf(random.of(["run.id", "size(parameters.regions)"]), ["good"])];
    return { code: "type_mismatch", pointer: at(json.tasks, branch, "cases/0/when") };
  },
  "an expression that cannot be read": ({ json }, random) => {
    const task = named(json.tasks, "tell");
    task.config.body = random.of(["{{ run.date + }}", "{{ run.datum }}", "{{ today }}", "{{ run.date"]);
    return { code: "expression", pointer: at(json.tasks, task, "body") };
  },
  "a parameter that is not there": ({ json }, random) => {
    const task = statement(json.tasks, random);
    delete task.config.query_ref;
    task.config.sql = "SELECT {{ parameters.dyas }} AS a";
    return { code: "unknown_reference", pointer: at(json.tasks, task, "sql") };
  },
  "outputs of a task that is not before": ({ json }, random) => {
    const task = statement(json.tasks, random);
    delete task.config.query_ref;
    task.config.sql = `SELECT {{ tasks.${random.of(["judge", "regions", task.task_id])}.outputs.rows }} AS a`;
    return { code: "not_upstream", pointer: at(json.tasks, task, "sql") };
  },
  "a secret that is missing": ({ json, knowledge }, random) => {
    const [left, id, key] = random.of([
      ["HOOK_TOKEN", "train", "secrets/"],
      ["MODEL_KEY", "tell", "headers/"],
    ] as const);
    knowledge.secrets = [left];
    return { code: "missing_secret", pointer: at(json.tasks, named(json.tasks, id), key) };
  },
  "more than the cluster has": ({ json }, random) => {
    const task = named(json.tasks, "train");
    const resources = random.of([
      { CPU: 9 },
      { CPU: 1, GPU: 1 },
      { CPU: 1, memory: 40 * 1_073_741_824 },
      { CPU: 5 },
    ]);
    task.config.ray_config = { num_workers: 4, resources_per_worker: resources };
    return {
      code: "impossible_resources",
      pointer: at(json.tasks, task, "ray_config/resources_per_worker/"),
    };
  },
  "a task that no branch chooses": ({ json }, random) => {
    const branch = named(json.tasks, "choose");
    const [id, key] = random.of([
      ["bad", "otherwise"],
      ["good", "cases"],
    ] as const);
    branch.config[key] = key === "otherwise" ? [] : [caseOf("true", [])];
    const task = named(json.tasks, id);
    return { code: "unreachable_task", pointer: `/tasks/${json.tasks.indexOf(task)}/depends_on` };
  },
  "two writers of one table": ({ json }, random) => {
    const task = statement(json.tasks, random);
    json.tasks.push({
      task_id: "twin",
      type: "sql_execute",
      depends_on: ["sync"],
      config: { sql: "SELECT 1 AS a", target_table: task.config.target_table, write_mode: "overwrite" },
    });
    task.depends_on = ["sync"];
    return { code: "duplicate_output", pointer: `/tasks/${json.tasks.length - 1}/config/target_table` };
  },
  "items that write over each other": ({ json }, random) => {
    const task = named(json.tasks, "regions");
    const { config } = task.config.task as { config: Record<string, unknown> };
    config.target_table = `analytics.regions.all_${random.below(9)}`;
    return { code: "duplicate_output", pointer: at(json.tasks, task, "task/config/target_table") };
  },
  "training on the days it is judged on": ({ json }, random) => {
    if (random.below(2) === 0) {
      const task = named(json.tasks, "judge");
      task.config.validation_window = random.of(["15d", "28d", "720h"]);
      return { code: "leakage", pointer: at(json.tasks, task, "validation_window") };
    }
    const task = named(json.tasks, "train");
    task.config.dataset = "analytics.forecasts.backtest";
    return { code: "leakage", pointer: at(json.tasks, task, "dataset") };
  },
  "code that has changed": ({ json, knowledge }) => {
    knowledge.changed = { codePackages: ["forecast"], savedQueries: [] };
    return { code: "version_skew", pointer: at(json.tasks, named(json.tasks, "train"), "training_script") };
  },
  "a field that nobody knows": ({ json }, random) => {
    const task = random.of(json.tasks);
    task.retires = 3;
    return { code: "unknown_field", pointer: `/tasks/${json.tasks.indexOf(task)}/retires` };
  },
  "one id for two tasks": ({ json }, random) => {
    const task = json.tasks[2 + random.below(3)] as PlantedTask;
    task.task_id = "sync";
    return { code: "duplicate_id", pointer: `/tasks/${json.tasks.indexOf(task)}/task_id` };
  },
  "a wrong cron": ({ json }, random) => {
    json.schedule = random.of([
      "0 25 * * *",
      "every day",
      "0 0 30 2 *",
      { cron: "0 2 * * *", time_zone: "Mars/Base" },
    ]);
    return { code: "schedule", pointer: "/schedule" };
  },
  "a type whose room is not there": ({ json }, random) => {
    const [type, config] = random.of([
      ["ray_serve_update", { deployment_name: "d", model_source: "latest_validated" }],
      ["quality_check", { suite: "s", table: "lake.shop.orders" }],
    ] as const);
    json.tasks.push({ task_id: "later", type, depends_on: ["judge"], config });
    return { code: "unavailable_type", pointer: `/tasks/${json.tasks.length - 1}/type` };
  },
};

const named = (tasks: PlantedTask[], id: string): PlantedTask =>
  tasks.find((task) => task.task_id === id) as PlantedTask;
const at = (tasks: PlantedTask[], task: PlantedTask, below: string): string =>
  `/tasks/${tasks.indexOf(task)}/config/${below}`;
const statements = (tasks: PlantedTask[]) => tasks.filter((task) => task.task_id.startsWith("step_"));
const statement = (tasks: PlantedTask[], random: Seeded) => random.of(statements(tasks));

function edge(tasks: PlantedTask[], random: Seeded): [PlantedTask, PlantedTask] {
  const later = random.of(tasks.filter((task) => task.depends_on.length > 0));
  return [named(tasks, random.of(later.depends_on)), later];
}

function statementEdge(tasks: PlantedTask[], random: Seeded): [PlantedTask, PlantedTask] {
  const laters = statements(tasks).filter(({ depends_on }) => depends_on[0]?.startsWith("step_"));
  const later = random.of(laters);
  return [named(tasks, later.depends_on[0] as string), later];
}
