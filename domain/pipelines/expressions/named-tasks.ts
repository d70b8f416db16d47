import { compileExpression } from "./compile-expression";
import { expressionNames } from "./expression-names";
import { findExpressions } from "./find-expressions";

/** Ids of the tasks whose outputs the config of a task needs. */
export function namedTasks(type: string, config: unknown): string[] {
  const ids = findExpressions(type, config).expressions.flatMap(({ source, isInMap }) => {
    const compiled = compileExpression(source, isInMap);
    return compiled.ok ? expressionNames(compiled.ast).tasks.map(({ name }) => name) : [];
  });
  return [...new Set(ids)];
}
