import { type ASTNode, Environment, type ParseError, type ParseResult } from "@marcbachmann/cel-js";

export type CompiledExpression =
  /** `type` is CEL's name of what it gives: `bool`, `list<string>`, `dyn` where only a run can tell. */
  | { ok: true; type: string; ast: ASTNode; evaluate: (scope: Record<string, unknown>) => unknown }
  /** `position` counts from the begin of the source. */
  | { ok: false; message: string; position: number };

const inTask = new Environment({
  homogeneousAggregateLiterals: false,
  limits: {
    maxDepth: 100,
    maxAstNodes: 5_000,
    maxListElements: 1_000,
    maxMapEntries: 1_000,
    maxCallArguments: 32,
  },
})
  .registerVariable({
    name: "run",
    schema: { id: "string", number: "int", scheduled_for: "string", date: "string" },
  })
  .registerVariable("parameters", "map")
  .registerVariable("tasks", "map");

/** Numbers of JSON are doubles, those of an expression's own may be whole: CEL itself refuses to mix them. */
const MIXED: [string, (a: number, b: number) => number][] = [
  ["+", (a, b) => a + b],
  ["-", (a, b) => a - b],
  ["*", (a, b) => a * b],
  ["/", (a, b) => a / b],
];
for (const [sign, act] of MIXED) {
  const mixed = (a: unknown, b: unknown) => act(Number(a), Number(b));
  inTask.registerOperator(`int ${sign} double: double`, mixed);
  inTask.registerOperator(`double ${sign} int: double`, mixed);
}

const inMap = inTask.clone().registerVariable("item", "dyn").registerVariable("index", "int");

const REMEMBERED = 20_000;
const remembered = {
  task: new Map<string, CompiledExpression>(),
  map: new Map<string, CompiledExpression>(),
};

/** Reads and checks a CEL expression; `item` and `index` are known inside of a map alone. */
export function compileExpression(source: string, isInMap: boolean): CompiledExpression {
  const known = isInMap ? remembered.map : remembered.task;
  const before = known.get(source);
  if (before !== undefined) return before;
  const compiled = compile(source, isInMap ? inMap : inTask);
  if (known.size >= REMEMBERED) known.clear();
  known.set(source, compiled);
  return compiled;
}

function compile(source: string, environment: Environment): CompiledExpression {
  let parsed: ParseResult;
  try {
    parsed = environment.parse(source);
  } catch (error) {
    return refused(error as ParseError);
  }
  const checked = parsed.check();
  if (!checked.valid) return refused(checked.error as ParseError);
  return { ok: true, type: checked.type ?? "dyn", ast: parsed.ast, evaluate: (scope) => parsed(scope) };
}

function refused({ summary, message, range }: ParseError): CompiledExpression {
  return { ok: false, message: inWords(summary ?? message), position: range?.start ?? 0 };
}

function inWords(summary: string): string {
  const unknown = /^Unknown variable: (.+)$/.exec(summary)?.[1];
  if (unknown === "item" || unknown === "index") return `"${unknown}" is known inside of a map only.`;
  if (unknown !== undefined) {
    return `"${unknown}" is not known. An expression may use run, parameters and tasks; an id with a hyphen is written tasks["${unknown}"].`;
  }
  if (summary.startsWith("Unexpected token: EOF")) return "The expression ends too early.";
  return `${summary}.`;
}
