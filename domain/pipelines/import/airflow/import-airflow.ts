import { Failure } from "../../../shared/failure";
import { finishDocument, type ImportedTask } from "../finish-document";
import type { ImportedPipeline } from "../imported-pipeline";
import { isObject, type Json, numberOf, showValue } from "../json";
import { type Notes, newNotes } from "../notes";
import { type ImportedRetry, retryPolicy } from "../retry-policy";
import { spanText } from "../span-text";
import { type TakenFields, takeFields } from "../take-fields";
import type { AirflowDag, AirflowSource, AirflowTask } from "./airflow-source";
import { dagHead, secondsOf } from "./dag-head";
import { operatorConfig } from "./operator-config";

/** Airflow waits five minutes where nothing is said. */
const DEFAULT_WAIT_SECONDS = 300;
/** What a task takes of the defaults of its DAG. The others are said once. */
const INHERITED = [
  "retries",
  "retry_delay",
  "retry_exponential_backoff",
  "execution_timeout",
  "trigger_rule",
];

/** A DAG that has tasks, the first where `chosen` names none, as a pipeline. Failures: `invalid_input` where there is none. */
export function importAirflow({ dags, notes: unread }: AirflowSource, chosen?: string): ImportedPipeline {
  const whole = dags.filter(({ tasks }) => tasks.length > 0);
  const dag = chosen === undefined ? whole[0] : whole.find(({ id }) => id === chosen);
  if (dag === undefined) {
    throw new Failure("invalid_input", "There is no DAG with tasks in this text.", {
      hint: "DAGs are found where `with DAG(...)`, `@dag` or `dag=` names them; what functions make is not.",
    });
  }
  const notes = newNotes();
  for (const { line, what, why } of unread) notes.add(`line ${line}`, what, why);
  for (const other of dags.filter((each) => each !== dag))
    notes.add(`line ${other.line}`, `DAG ${other.id}`, "It is another pipeline. Choose it to convert it.");
  const head = dagHead(dag, notes);
  const { defaults, notifications } = readDefaults(dag, notes);
  const tasks = dag.tasks.map((task) => readTask(task, defaults, notes));
  for (const { id, arguments: given } of dag.groups) takeFields(given, `group ${id}`, notes).end();
  const groups = dag.groups.map(({ id, label, members }) => ({ key: id, label, members }));
  const made = finishDocument({ ...head, ...notifications }, tasks, groups, dag.edges, notes);
  return whole.length > 1 ? { ...made, choices: whole.map(({ id }) => id) } : made;
}

function readDefaults(dag: AirflowDag, notes: Notes) {
  const where = `DAG ${dag.id}, default_args`;
  const given = dag.arguments.default_args ?? {};
  if (!isObject(given) || "$code" in given) {
    notes.add(where, showValue(given), "The defaults cannot be told from the text.");
    return { defaults: {}, notifications: {} };
  }
  const fields = takeFields(given, where, notes);
  const defaults = Object.fromEntries(
    INHERITED.flatMap((name) => (given[name] === undefined ? [] : [[name, fields.take(name)]])),
  );
  const notifications = mailOf(fields, where, notes);
  fields.end();
  return { defaults, notifications };
}

/** Airflow sends mail on failure unless it is told not to. */
function mailOf(fields: TakenFields, where: string, notes: Notes): Json {
  const [email, onFailure] = [fields.take("email"), fields.take("email_on_failure")];
  if (email === undefined || email === null) return {};
  const targets = (Array.isArray(email) ? email : [email]).filter((it) => typeof it === "string");
  if (onFailure === false || targets.length === 0) {
    notes.add(where, `email: ${showValue(email)}`, "Nobody is told of failures by it.");
    return {};
  }
  return { notifications: { on_failure: targets.map((target) => ({ channel: "email", target })) } };
}

function readTask(task: AirflowTask, defaults: Json, notes: Notes): ImportedTask {
  const where = `task ${task.id} (line ${task.line})`;
  const fields = takeFields({ ...defaults, ...task.arguments }, where, notes);
  const retry = retryOf(fields, where, notes);
  const limit = fields.take("execution_timeout");
  const seconds = secondsOf(limit);
  if (limit !== undefined && limit !== null && seconds === undefined)
    notes.add(where, `execution_timeout: ${showValue(limit)}`, "The time cannot be told from the text.");
  const runWhen = runWhenOf(fields.take("trigger_rule"), where, notes);
  const made = operatorConfig(task, fields, where, notes);
  fields.end();
  return {
    key: task.id,
    ...made,
    ...(made.isEmpty === true && runWhen !== undefined ? { isEmpty: false } : {}),
    ...(runWhen === undefined ? {} : { runWhen }),
    ...(retry === undefined ? {} : { retry }),
    ...(seconds === undefined ? {} : { timeout: spanText(seconds) }),
  };
}

function retryOf(fields: TakenFields, where: string, notes: Notes): ImportedRetry | undefined {
  const [given, wait, grows] = ["retries", "retry_delay", "retry_exponential_backoff"].map(fields.take);
  const retries = numberOf(given);
  if (given !== undefined && given !== null && retries === undefined)
    notes.add(where, `retries: ${showValue(given)}`, "The number cannot be told from the text.");
  const waitSeconds = wait === undefined ? DEFAULT_WAIT_SECONDS : secondsOf(wait);
  if (waitSeconds === undefined)
    notes.add(where, `retry_delay: ${showValue(wait)}`, "The time cannot be told from the text.");
  if (retries === undefined || retries === 0) return undefined;
  return retryPolicy(
    { retries, ...(waitSeconds === undefined ? {} : { waitSeconds }), factor: grows === true ? 2 : 1 },
    where,
    notes,
  );
}

function runWhenOf(rule: unknown, where: string, notes: Notes): "all_ended" | undefined {
  const name = isObject(rule) ? showValue(rule).split(".").pop()?.toLowerCase() : rule;
  if (name === "all_done") return "all_ended";
  // A task behind a branch runs here where those that were chosen succeeded.
  if (name === undefined || name === null || name === "all_success") return undefined;
  if (name === "none_failed_min_one_success") return undefined;
  notes.add(
    where,
    `trigger_rule: ${showValue(rule)}`,
    "A task runs when all before it succeeded, or all ended.",
  );
  return undefined;
}
