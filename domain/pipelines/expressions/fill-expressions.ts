import { Failure } from "../../shared/failure";
import { compileExpression } from "./compile-expression";
import { readTemplate } from "./read-template";

/** What expressions may name: `run`, `parameters`, `tasks`, and in a map `item` and `index`. Counts are bigints. */
export type ExpressionScope = Record<string, unknown>;

/** What an expression comes to, as JSON. Failures: `invalid_input` where it cannot be read or has no value. */
export function evaluateExpression(source: string, scope: ExpressionScope): unknown {
  const compiled = compileExpression(source, "item" in scope);
  if (!compiled.ok) throw noValue(source, compiled.message);
  try {
    return asJson(compiled.evaluate(scope));
  } catch (cause) {
    const { summary, message } = cause as { summary?: string; message: string };
    throw noValue(source, `${summary ?? message}.`, cause);
  }
}

/**
 * `value` with the expressions in its texts filled in. A text that is one expression becomes its value; in a longer one a
 * text stands as it is and anything else as JSON. Failures: `invalid_input`.
 */
export function fillExpressions(value: unknown, scope: ExpressionScope): unknown {
  if (typeof value === "string") return value.includes("{{") ? fillText(value, scope) : value;
  if (Array.isArray(value)) return value.map((each) => fillExpressions(each, scope));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillExpressions(each, scope)]));
}

function fillText(text: string, scope: ExpressionScope): unknown {
  const read = readTemplate(text);
  if (!read.ok)
    throw new Failure("invalid_input", `${read.message} It is at character ${read.position + 1}.`);
  const values = read.parts.map((part) =>
    part.is === "text" ? part.text : evaluateExpression(part.source, scope),
  );
  if (read.isWhole) return values[read.parts.findIndex((part) => part.is === "expression")];
  return values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join("");
}

const noValue = (source: string, why: string, cause?: unknown): Failure => {
  const trimmed = source.trim();
  const shown = trimmed.length > 80 ? `${trimmed.slice(0, 80)}…` : trimmed;
  return new Failure("invalid_input", `The expression ${shown} has no value: ${why}`, {
    hint: "It may use run, parameters, tasks.<id>.outputs of tasks before it, and in a map item and index.",
    cause,
  });
};

/** CEL's whole numbers are bigints, its times are dates, and its lists and maps may hold some. */
function asJson(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(asJson);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, each]) => [String(key), asJson(each)]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asJson(each)]));
}
