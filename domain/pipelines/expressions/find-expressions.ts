import { escapePointer } from "../../shared/json-pointer";
import { type ReadTemplate, readTemplate } from "./read-template";

export type FoundExpression = {
  /** Where its text stands, below the config. */
  pointer: string;
  /** Where its source begins in that text. */
  start: number;
  source: string;
  /** The text is this expression and nothing else, so its value takes the text's place. */
  isWhole: boolean;
  isInMap: boolean;
  /** A branch's condition, which is written without braces. */
  isCondition: boolean;
};

export type FoundExpressions = {
  expressions: FoundExpression[];
  /** Texts whose braces are wrong. */
  broken: { pointer: string; position: number; message: string }[];
};

/** Every expression in the config of a task. What a map holds is inside of it. */
export function findExpressions(type: string, config: unknown): FoundExpressions {
  const found: FoundExpressions = { expressions: [], broken: [] };
  walk(config, "", type === "map", found);
  if (type === "branch") found.expressions.push(...conditions(config));
  return found;
}

function walk(value: unknown, pointer: string, isMap: boolean, found: FoundExpressions): void {
  if (typeof value === "string") {
    if (value.includes("{{"))
      take(readTemplate(value), pointer, isMap && pointer.startsWith("/task/"), found);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value))
      walk(each, `${pointer}/${escapePointer(key)}`, isMap, found);
  }
}

function take(read: ReadTemplate, pointer: string, isInMap: boolean, found: FoundExpressions): void {
  if (!read.ok) {
    found.broken.push({ pointer, position: read.position, message: read.message });
    return;
  }
  for (const part of read.parts) {
    if (part.is === "text") continue;
    const { source, start } = part;
    found.expressions.push({ pointer, start, source, isWhole: read.isWhole, isInMap, isCondition: false });
  }
}

function conditions(config: unknown): FoundExpression[] {
  const cases = (config as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(cases)) return [];
  return cases.flatMap((each: { when?: unknown } | null, index) =>
    typeof each?.when === "string" && !each.when.includes("{{")
      ? [
          {
            pointer: `/cases/${index}/when`,
            start: 0,
            source: each.when,
            isWhole: true,
            isInMap: false,
            isCondition: true,
          },
        ]
      : [],
  );
}
