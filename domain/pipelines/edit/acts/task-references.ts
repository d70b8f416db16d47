import { renameInExpression } from "./rename-in-expression";

/** The text of expressions: `{{ … }}`. */
const EXPRESSION = /\{\{[\s\S]*?\}\}/g;

/**
 * A task's config with its references to other tasks rewritten. `nameOf` gives a task's new id, or null where the
 * reference goes. A branch names tasks in `then` and `otherwise`, and its conditions are expressions as they stand; other
 * texts hold expressions in double braces.
 */
export function withReferences(
  type: string,
  config: unknown,
  nameOf: (id: string) => string | null,
): unknown {
  const inText = (text: string) => renameInExpression(text, nameOf);
  const namesTasks = (key: string) => type === "branch" && (key === "then" || key === "otherwise");
  const inList = (list: unknown[], key: string): unknown[] =>
    namesTasks(key)
      ? list.flatMap((each) => (typeof each === "string" ? (nameOf(each) ?? []) : [each]))
      : list.map((each) => walk(each, ""));
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string")
      return type === "branch" && key === "when" ? inText(value) : value.replace(EXPRESSION, inText);
    if (Array.isArray(value)) return inList(value, key);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name)]));
  };
  return walk(config, "");
}
