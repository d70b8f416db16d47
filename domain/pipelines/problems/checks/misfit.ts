import { Failure } from "../../../shared/failure";
import { pointerSteps, valueAt } from "../../../shared/json-pointer";
import type { CompiledExpression } from "../../expressions/compile-expression";
import type { expressionNames } from "../../expressions/expression-names";
import { evaluateExpression } from "../../expressions/fill-expressions";
import type { FoundExpression } from "../../expressions/find-expressions";
import { taskType } from "../../task-types/index";
import type { LoosePipeline, LooseTask } from "../loose-pipeline";

type Sound = Extract<CompiledExpression, { ok: true }>;

/** CEL's types as an example of each: what a field refuses of it, it refuses of any. */
const EXAMPLES: Record<string, unknown> = { bool: true, int: 1, uint: 1, double: 0.5, null_type: null };

/**
 * Why the field does not take what the expression gives; null where it does or where only a run can tell. An expression
 * of parameters alone is judged by their defaults.
 */
export function misfit(
  found: FoundExpression,
  compiled: Sound,
  names: ReturnType<typeof expressionNames>,
  task: LooseTask,
  { json }: LoosePipeline,
): string | null {
  if (found.isCondition) {
    if (compiled.type === "bool" || compiled.type === "dyn") return null;
    return `A condition is true or false; this expression gives ${typeWords(compiled.type)}.`;
  }
  if (!found.isWhole) return null;
  const isKnown = names.tasks.length === 0 && !/\b(run|tasks|item|index)\b/.test(found.source);
  if (isKnown) return judgeValue(found, task, (json.parameters ?? {}) as Record<string, unknown>);
  if (!Object.hasOwn(EXAMPLES, compiled.type)) {
    const isText = compiled.type === "string";
    return isText && refusesAny(found, task, ["", "1d", "a.b.c", "a/b.py", "https://a.b", "{{}}"])
      ? wrong(compiled.type)
      : null;
  }
  return refusesAny(found, task, [EXAMPLES[compiled.type]]) ? wrong(compiled.type) : null;
}

const wrong = (type: string): string =>
  `The expression gives ${typeWords(type)}, which this field does not take.`;

function judgeValue(
  found: FoundExpression,
  task: LooseTask,
  parameters: Record<string, unknown>,
): string | null {
  try {
    const value = evaluateExpression(found.source, { parameters });
    const message = complaint(found, task, value);
    return message === null
      ? null
      : `With the defaults of its parameters the expression gives ${JSON.stringify(value)}: ${message}.`;
  } catch (failure) {
    if (failure instanceof Failure) return failure.message;
    throw failure;
  }
}

/** Whether the field refuses the kind of every value: a whole number may be too small where its kind is right. */
const refusesAny = (found: FoundExpression, task: LooseTask, values: unknown[]): boolean =>
  values.every((value) => complaint(found, task, value, "invalid_type") !== null);

/** What the task's type says of `value` in the field's place; null where it takes it or has no such field. */
function complaint(found: FoundExpression, task: LooseTask, value: unknown, only?: string): string | null {
  const isInner = found.isInMap && found.pointer.startsWith("/task/config/");
  const inner = task.config.task as { type?: unknown; config?: unknown } | undefined;
  const type = taskType(isInner ? String(inner?.type) : task.type);
  const path = pointerSteps(found.pointer).slice(isInner ? 2 : 0);
  if (type === null) return null;
  const config = structuredClone(isInner ? inner?.config : task.config);
  const holder = valueAt(config, path.slice(0, -1)) as Record<string, unknown> | undefined;
  const key = path.at(-1);
  if (holder === undefined || key === undefined) return null;
  holder[key] = value;
  const issues = type.config.safeParse(config).error?.issues ?? [];
  const own = issues.find((issue) => {
    const at = issue.path.join("/");
    return at === path.join("/") || at.startsWith(`${path.join("/")}/`);
  });
  if (own === undefined) return null;
  const isKind = own.code === "invalid_type" || own.code === "invalid_union";
  return only === undefined || isKind ? own.message.replace(/^Invalid input: /, "").replace(/\.$/, "") : null;
}

function typeWords(type: string): string {
  if (type === "bool") return "true or false";
  if (type === "string") return "a text";
  if (type === "int" || type === "uint" || type === "double") return "a number";
  if (type.startsWith("list")) return "a list";
  if (type.startsWith("map")) return "an object";
  return type === "null_type" ? "null" : type;
}
