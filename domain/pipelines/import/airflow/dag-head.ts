import { cronOfSpan } from "../cron-of-span";
import { plainId } from "../free-id";
import { isObject, type Json, numberOf, objectOf, showValue, textOf } from "../json";
import type { Notes } from "../notes";
import { spanText } from "../span-text";
import { type TakenFields, takeFields } from "../take-fields";
import type { AirflowDag } from "./airflow-source";

const PRESETS: Record<string, string> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@quarterly": "0 0 1 */3 *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

export const secondsOf = (value: unknown): number | undefined =>
  isObject(value) ? numberOf(value.$seconds) : numberOf(value);

/** What a DAG says of itself, without its tasks. */
export function dagHead(dag: AirflowDag, notes: Notes): Json & { pipeline_id: string; name: string } {
  const where = `DAG ${dag.id}`;
  const fields = takeFields(dag.arguments, where, notes);
  fields.take("default_args");
  const pipelineId = plainId(dag.id, "imported");
  if (pipelineId !== dag.id) notes.add(where, dag.id, `It is called ${pipelineId} here.`);
  const description = textOf(fields.take("description"));
  const docs = description === undefined ? textOf(fields.take("doc_md")) : undefined;
  const told = (description ?? docs)?.trim();
  const head = {
    pipeline_id: pipelineId,
    name: (textOf(fields.take("dag_display_name")) ?? dag.id).slice(0, 200),
    ...(told === undefined || told === "" ? {} : { description: told.slice(0, 2_000) }),
    ...scheduleOf(fields, where, notes),
    ...limits(fields, where, notes),
    ...parameters(fields.take("params"), where, notes),
  };
  if (told !== undefined && told.length > 2_000)
    notes.add(where, "description", "Its first 2,000 characters are kept.");
  fields.end();
  return head;
}

function limits(fields: TakenFields, where: string, notes: Notes) {
  const whole = (name: string, value: unknown) => {
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= 1) return value;
    notes.add(where, `${name}: ${showValue(value)}`, "A whole number is expected.");
    return undefined;
  };
  const runs = whole("max_active_runs", fields.take("max_active_runs"));
  const tasks =
    whole("max_active_tasks", fields.take("max_active_tasks")) ??
    whole("concurrency", fields.take("concurrency"));
  const limit = fields.take("dagrun_timeout");
  const seconds = secondsOf(limit);
  if (limit !== undefined && limit !== null && seconds === undefined)
    notes.add(where, `dagrun_timeout: ${showValue(limit)}`, "The time cannot be told from the text.");
  return {
    ...(seconds === undefined ? {} : { timeout: spanText(seconds) }),
    ...(runs === undefined ? {} : { max_active_runs: runs }),
    ...(tasks === undefined ? {} : { max_active_tasks: tasks }),
  };
}

function parameters(given: unknown, where: string, notes: Notes) {
  if (given === undefined || given === null) return {};
  if (!isObject(given) || "$code" in given) {
    notes.add(where, `params: ${showValue(given)}`, "The parameters cannot be told from the text.");
    return {};
  }
  const kept = Object.entries(given).filter(([name, value]) => {
    const isPlain = /^[A-Za-z_]\w{0,63}$/.test(name) && !(isObject(value) && "$code" in value);
    if (!isPlain) notes.add(where, `params.${name}: ${showValue(value)}`, "Give it a plain default.");
    return isPlain;
  });
  return kept.length === 0 ? {} : { parameters: Object.fromEntries(kept) };
}

function scheduleOf(fields: TakenFields, where: string, notes: Notes) {
  const [schedule, interval, timetable] = ["schedule", "schedule_interval", "timetable"].map(fields.take);
  const given = schedule ?? interval ?? timetable ?? null;
  const catchup = fields.take("catchup");
  const start = fields.take("start_date");
  if (start !== undefined && start !== null) {
    const shown = isObject(start) && "$datetime" in start ? start.$datetime : start;
    const why = "A schedule counts from its activation here. Fill in earlier days with a back-fill.";
    notes.add(where, `start_date: ${showValue(shown)}`, why);
  }
  const cron = given === null ? undefined : cronOf(given, where, notes);
  if (cron === undefined) return {};
  const zone = textOf(objectOf(given).zone) ?? textOf(objectOf(start).zone);
  return {
    schedule: { cron, ...(zone === undefined ? {} : { time_zone: zone }), ...catchUp(catchup, where, notes) },
  };
}

function catchUp(given: unknown, where: string, notes: Notes) {
  if (typeof given === "boolean") return { catch_up: given ? "all" : "latest" };
  const why = "Airflow 2 then makes up for every missed run; here the latest alone is made up for.";
  notes.add(where, given === undefined ? "no catchup" : `catchup: ${showValue(given)}`, why);
  return {};
}

function cronOf(given: unknown, where: string, notes: Notes): string | undefined {
  const told = isObject(given) ? textOf(given.$cron) : textOf(given);
  const seconds = isObject(given) ? numberOf(given.$seconds) : undefined;
  const ofSpan = seconds === undefined ? undefined : cronOfSpan(seconds);
  if (ofSpan !== undefined) {
    notes.add(
      where,
      `every ${spanText(seconds ?? 0)}`,
      `It runs at ${ofSpan} here, not counted from start_date.`,
    );
    return ofSpan;
  }
  const cron = told === undefined ? undefined : (PRESETS[told] ?? told);
  if (cron !== undefined && /^\S+(\s+\S+){4}$/.test(cron.trim())) return cron.trim();
  notes.add(
    where,
    `schedule: ${showValue(given)}`,
    "No cron says this. Give the pipeline a schedule of its own.",
  );
  return undefined;
}
