import type { ASTNode } from "@marcbachmann/cel-js";

export type NamedThing = { name: string; position: number };

type ExpressionNames = { tasks: readonly NamedThing[]; parameters: readonly NamedThing[] };

const remembered = new WeakMap<ASTNode, ExpressionNames>();

/** What an expression names: `tasks.x…` and `tasks["x"]…`, `parameters.y` and `parameters["y"]`. */
export function expressionNames(ast: ASTNode): ExpressionNames {
  const before = remembered.get(ast);
  if (before !== undefined) return before;
  const found = readNames(ast);
  remembered.set(ast, found);
  return found;
}

function readNames(ast: ASTNode): ExpressionNames {
  const found = { tasks: [] as NamedThing[], parameters: [] as NamedThing[] };
  const walk = (node: ASTNode): void => {
    const access = accessOf(node);
    if (access !== null) found[access.of].push({ name: access.name, position: node.range.start });
    for (const below of nodesBelow(node.args)) walk(below);
  };
  walk(ast);
  return found;
}

function accessOf({ op, args }: ASTNode): { of: "tasks" | "parameters"; name: string } | null {
  if (op !== "." && op !== "[]") return null;
  const [receiver, key] = args as [ASTNode, ASTNode | string];
  if (receiver.op !== "id" || (receiver.args !== "tasks" && receiver.args !== "parameters")) return null;
  if (typeof key === "string") return { of: receiver.args, name: key };
  return key.op === "value" && typeof key.args === "string" ? { of: receiver.args, name: key.args } : null;
}

function nodesBelow(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesBelow);
  return typeof args === "object" && args !== null && "op" in args ? [args as ASTNode] : [];
}
