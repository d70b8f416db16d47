import type { ImportedTask } from "../finish-document";
import { plainId } from "../free-id";
import { isObject, type Json, showValue, textOf } from "../json";
import type { Notes } from "../notes";
import type { TakenFields } from "../take-fields";
import type { AirflowTask } from "./airflow-source";
import { fillJinja } from "./fill-jinja";

type Made = Pick<ImportedTask, "type" | "config" | "isEmpty">;

const NO_PLAIN_VALUE = "The value cannot be told from the text.";
const SQL =
  /sql|postgres|snowflake|bigquery|redshift|trino|presto|oracle|athena|clickhouse|jdbc|hive|vertica|duckdb/i;

/** What an operator becomes here, by its name and what it is given. */
export function operatorConfig(task: AirflowTask, fields: TakenFields, where: string, notes: Notes): Made {
  const { operator } = task;
  if (/^(Empty|Dummy)Operator$/.test(operator)) return { type: "python", config: {}, isEmpty: true };
  if (/^(Simple)?HttpOperator$/.test(operator)) return http(fields, where, notes);
  if (operator === "TriggerDagRunOperator") return subPipeline(fields, where, notes);
  if (/^Branch|^@task\.branch|ShortCircuit|short_circuit/.test(operator))
    return branch(task, fields, where, notes);
  if (SQL.test(operator) && ["sql", "hql", "query", "configuration"].some((name) => name in task.arguments))
    return sql(operator, fields, where, notes);
  return python(task, fields, where, notes);
}

function sql(operator: string, fields: TakenFields, where: string, notes: Notes): Made {
  const configuration = fields.take("configuration");
  const inner = isObject(configuration) && isObject(configuration.query) ? configuration.query : {};
  const given = fields.take("sql") ?? fields.take("query") ?? fields.take("hql") ?? inner.query;
  if (configuration !== undefined)
    notes.add(
      where,
      `configuration: ${showValue(configuration)}`,
      "Its statement is kept, and nothing else of it.",
    );
  const texts = Array.isArray(given) ? given : [given];
  const dialect = /trino|presto/i.test(operator) ? { dialect: "trino" } : {};
  if (!texts.every((text) => typeof text === "string")) {
    notes.add(where, `sql: ${showValue(given)}`, NO_PLAIN_VALUE);
    return { type: "sql_execute", config: dialect };
  }
  const text = texts.join(";\n");
  if (/^\S+\.(sql|hql)$/.test(text.trim())) {
    notes.add(
      where,
      `sql: ${text}`,
      "The file is not part of this text. Paste its statement, or save it as a query.",
    );
    return { type: "sql_execute", config: dialect };
  }
  notes.add(where, "where the result goes", "Give the task a target_table and a write_mode.");
  if (texts.length > 1)
    notes.add(where, `${texts.length} statements`, "A task has one statement here. Split it.");
  if (!/^[\s(]*(select|with|values|from)\b/i.test(text.replaceAll(/--[^\n]*\n|\/\*[\s\S]*?\*\//g, " ")))
    notes.add(
      where,
      "a statement that returns no rows",
      "Write the SELECT alone; the task writes the table itself.",
    );
  return { type: "sql_execute", config: { sql: fillJinja(text, where, notes), ...dialect } };
}

function http(fields: TakenFields, where: string, notes: Notes): Made {
  const endpoint = textOf(fields.take("endpoint")) ?? "";
  const [method, headers, data] = [fields.take("method"), fields.take("headers"), fields.take("data")];
  const isWhole = /^https?:\/\//.test(endpoint);
  if (!isWhole)
    notes.add(
      where,
      `endpoint: ${endpoint}`,
      "The connection's host is not part of the text. Write a whole url.",
    );
  if (headers !== undefined && !isPlainTexts(headers))
    notes.add(where, `headers: ${showValue(headers)}`, NO_PLAIN_VALUE);
  const isBody = data !== undefined && data !== null && !isUntold(data);
  if (isUntold(data)) notes.add(where, `data: ${showValue(data)}`, NO_PLAIN_VALUE);
  return {
    type: "http",
    config: {
      method: textOf(method)?.toUpperCase() ?? "POST",
      ...(isWhole ? { url: fillJinja(endpoint, where, notes) } : {}),
      ...(isPlainTexts(headers) ? { headers: fillJinja(headers, where, notes) } : {}),
      ...(isBody ? { body: fillJinja(data, where, notes) } : {}),
    },
  };
}

function subPipeline(fields: TakenFields, where: string, notes: Notes): Made {
  const told = fields.take("trigger_dag_id");
  const [conf, wait] = [fields.take("conf"), fields.take("wait_for_completion")];
  const name = textOf(told);
  if (name === undefined) notes.add(where, `trigger_dag_id: ${showValue(told)}`, NO_PLAIN_VALUE);
  const id = name === undefined ? undefined : plainId(name, "imported");
  if (id !== name) notes.add(where, `trigger_dag_id: ${name}`, `It is called ${id} here.`);
  const isKept = isObject(conf) && !isUntold(conf);
  if (conf !== undefined && conf !== null && !isKept)
    notes.add(where, `conf: ${showValue(conf)}`, NO_PLAIN_VALUE);
  return {
    type: "sub_pipeline",
    config: {
      ...(id === undefined ? {} : { pipeline_id: id }),
      ...(isKept ? { parameters: fillJinja(conf, where, notes) } : {}),
      wait: wait === true,
    },
  };
}

function branch(task: AirflowTask, fields: TakenFields, where: string, notes: Notes): Made {
  const name = functionName(task, fields);
  notes.add(
    where,
    `what ${name ?? task.operator} decides`,
    "Write a condition for each task that it chooses.",
  );
  for (const [argument, value] of Object.entries(task.call ?? {}))
    notes.add(where, `${argument}: ${showValue(value)}`, "Conditions name the outputs of tasks themselves.");
  return { type: "branch", config: {} };
}

function functionName(task: AirflowTask, fields: TakenFields): string | undefined {
  const callable = fields.take("python_callable");
  const told =
    task.function ?? (isObject(callable) && isObject(callable.$function) ? callable.$function : undefined);
  if (told !== undefined) return `${textOf(told.name)}() of line ${String((told.lines as unknown[])[0])}`;
  return callable === undefined ? undefined : showValue(callable);
}

function python(task: AirflowTask, fields: TakenFields, where: string, notes: Notes): Made {
  const name = functionName(task, fields);
  const isPython = name !== undefined && /^(Python\w*Operator|@task(\.\w+)?)$/.test(task.operator);
  if (isPython) notes.add(where, `the code of ${name}`, "Upload it as the script that the task names.");
  else
    notes.add(
      where,
      task.operator,
      "There is no such task here. It is kept as a Python task: upload a script that does the same.",
    );
  const [args, kwargs] = [fields.take("op_args"), fields.take("op_kwargs")];
  const given: Json = { ...(isObject(kwargs) && !("$code" in kwargs) ? kwargs : {}), ...task.call };
  if (isObject(kwargs) && "$code" in kwargs)
    notes.add(where, `op_kwargs: ${showValue(kwargs)}`, NO_PLAIN_VALUE);
  const parameters = Object.entries(given).filter(([key, value]) => {
    if (isUntold(value))
      notes.add(
        where,
        `${key}: ${showValue(value)}`,
        "Read it from the outputs of its task, or give a plain value.",
      );
    return !isUntold(value);
  });
  const isTexts = Array.isArray(args) && !isUntold(args);
  if (args !== undefined && !isTexts) notes.add(where, `op_args: ${showValue(args)}`, NO_PLAIN_VALUE);
  return {
    type: "python",
    config: {
      ...(isTexts ? { args: fillJinja(args.map(showValue), where, notes) } : {}),
      ...(parameters.length === 0
        ? {}
        : { parameters: fillJinja(Object.fromEntries(parameters), where, notes) }),
    },
  };
}

const isPlainTexts = (value: unknown): value is Record<string, string> =>
  isObject(value) && !isUntold(value) && Object.values(value).every((each) => typeof each === "string");

/** Whether a value, or one within it, stands for something that no JSON says. */
function isUntold(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isUntold);
  return (
    isObject(value) && Object.entries(value).some(([key, each]) => key.startsWith("$") || isUntold(each))
  );
}
