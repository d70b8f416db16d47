import type { Dialect } from "@/domain/query/dialect";
import { fillParameters, findPlaceholders } from "@/domain/query/fill-parameters";
import type { QueryParameter } from "@/domain/query/query-parameter";
import { Failure } from "@/domain/shared/failure";

/** The parameters of a text, in the order in which it names them, with what was last given for each. */
export function parametersOf(text: string, kept: QueryParameter[]): QueryParameter[] {
  if (!text.includes("{{")) return [];
  const names = [...new Set(findPlaceholders(text).map(({ name }) => name))];
  return names.map((name) => kept.find((each) => each.name === name) ?? { name, type: "text", value: "" });
}

/** What was given before stays for names that are gone for now: a text is often in the middle of a change. */
export function keepParameter(kept: QueryParameter[], changed: QueryParameter): QueryParameter[] {
  const isKnown = kept.some(({ name }) => name === changed.name);
  return isKnown ? kept.map((each) => (each.name === changed.name ? changed : each)) : [...kept, changed];
}

/** The values of a list as somebody types them, between commas; blanks around them do not count. */
export const readList = (text: string): string[] =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");

/** The value as the form shows it. */
export const shownValue = ({ value }: QueryParameter): string =>
  value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);

/** The parameter with what was typed for it. */
export function withTyped(parameter: QueryParameter, typed: string): QueryParameter {
  if (parameter.type === "list") return { ...parameter, value: readList(typed) };
  return { ...parameter, value: typed };
}

/** The parameter as another type, its value kept as far as it can be one. */
export function withType(
  parameter: QueryParameter,
  type: QueryParameter["type"],
  items: QueryParameter["items"] = "text",
): QueryParameter {
  const { items: _, ...rest } = parameter;
  if (type === "list") return { ...rest, type, items, value: readList(shownValue(parameter)) };
  const value =
    type === "boolean" ? String(shownValue(parameter).toLowerCase() === "true") : shownValue(parameter);
  return { ...rest, type, value: parameter.value === null ? null : value };
}

/** Why the value cannot be used, or null. */
export function parameterProblem(parameter: QueryParameter, dialect: Dialect): string | null {
  try {
    fillParameters(`{{${parameter.name}}}`, [parameter], dialect);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.errors[0]?.message ?? error.message;
    throw error;
  }
}

/** The parameter as SQL's NULL, or as an empty value of its type again. */
export function withNull(parameter: QueryParameter, isNull: boolean): QueryParameter {
  if (isNull) return { ...parameter, value: null };
  return { ...parameter, value: parameter.type === "list" ? [] : parameter.type === "boolean" ? "true" : "" };
}
