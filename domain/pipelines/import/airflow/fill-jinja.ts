import { isObject } from "../json";
import type { Notes } from "../notes";

const PLACE = /\{\{([\s\S]*?)\}\}|\{%[\s\S]*?%\}/g;
const NAME = String.raw`([A-Za-z_]\w*)`;
const PARAMETER = new RegExp(
  String.raw`^(?:params\.${NAME}|params\[['"]${NAME}['"]\]|dag_run\.conf\[['"]${NAME}['"]\]|dag_run\.conf\.get\(['"]${NAME}['"]\))$`,
);

/** Airflow's templates as our expressions, where there is one that says the same; the others are named. */
export function fillJinja<Value>(value: Value, where: string, notes: Notes): Value {
  if (typeof value === "string") return fillText(value, where, notes) as Value;
  if (Array.isArray(value)) return value.map((each) => fillJinja(each, where, notes)) as Value;
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, fillJinja(each, where, notes)]),
  ) as Value;
}

const fillText = (text: string, where: string, notes: Notes): string =>
  text.replaceAll(PLACE, (place: string, inner: string | undefined) => {
    const expression = inner?.trim() ?? "";
    if (expression === "ds") {
      notes.add(where, place, "It is the day for which the run is scheduled here, not the day before it.");
      return "{{ run.date }}";
    }
    if (expression === "run_id") return "{{ run.id }}";
    const name = PARAMETER.exec(expression)?.slice(1).find(Boolean);
    if (name !== undefined) return `{{ parameters.${name} }}`;
    notes.add(where, place, "There is no such template here. Write an expression in its place.");
    return place;
  });
