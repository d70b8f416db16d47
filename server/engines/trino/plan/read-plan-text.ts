import type { PlanNode } from "../../../../domain/query/plan-node";
import { Failure } from "../../../../domain/shared/failure";
import { type FragmentNode, idsIn, isNoise, stitch } from "./stitch";

const FRAGMENT = /^Fragment (\d+) \[/;
/** What a step's line and the lines below it begin with: branches, and columns of blanks. */
const BRANCHES = /^[\s│├└─]*/;
const STEP = /^[A-Z]\w*(\[|$)/;
const CPU = /^CPU: ([\d.]+)(ns|us|ms|s|m|h|d) /;
const OUTPUT = /Output: ([\d,]+) rows? \(/;
const ESTIMATE = /\{rows: ([\d,]+) \(/g;
const IN_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * The plan of `EXPLAIN ANALYZE` with the rows that each step gave and the processor time that it took. Trino writes it for
 * people alone; a step whose figures cannot be read has none.
 */
export function readPlanText(text: string, translate: (text: string) => string): PlanNode {
  const fragments = new Map<string, FragmentNode>();
  for (const [id, lines] of linesByFragment(text)) {
    const root = readFragment(lines, translate);
    if (root !== null) fragments.set(id, root);
  }
  const [first] = fragments.keys();
  const tree = first === undefined ? null : stitch(fragments, first);
  if (tree === null) throw new Failure("engine_failed", "Trino's plan cannot be read.", { cause: text });
  return tree;
}

function linesByFragment(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let lines: string[] | null = null;
  for (const line of text.split("\n")) {
    const [, id] = FRAGMENT.exec(line) ?? [];
    if (id === undefined) lines?.push(line);
    else {
      lines = [];
      found.set(id, lines);
    }
  }
  return found;
}

function readFragment(lines: string[], translate: (text: string) => string): FragmentNode | null {
  let root: FragmentNode | null = null;
  const open: { depth: number; node: FragmentNode }[] = [];
  for (const line of lines) {
    const depth = BRANCHES.exec(line)?.[0].length ?? 0;
    const rest = line.slice(depth).trim();
    if (!isStep(line, rest, root === null, depth)) {
      const last = open.at(-1);
      if (last !== undefined && rest !== "") take(last.node, rest, translate);
      continue;
    }
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const node = stepOf(rest, translate);
    open.at(-1)?.node.children.push(node);
    root ??= node;
    open.push({ depth, node });
  }
  return root;
}

/** A step stands behind a branch, or at the top of its fragment, behind the lines about the fragment. */
function isStep(line: string, rest: string, isFirst: boolean, depth: number): boolean {
  if (!STEP.test(rest)) return false;
  if (isFirst) return depth === 4 && !/^(CPU|Peak|Output|Input)\b/.test(rest);
  return /[├└]─ $/.test(line.slice(0, depth));
}

function stepOf(rest: string, translate: (text: string) => string): FragmentNode {
  const open = rest.indexOf("[");
  const name = open < 0 ? rest : rest.slice(0, open);
  const facts = open < 0 ? [] : factsIn(rest.slice(open + 1, rest.lastIndexOf("]")));
  return {
    name,
    details: facts
      .filter(({ label, text }) => !isNoise(label, text))
      .map(({ label, text }) => ({ label, text: translate(text) })),
    estimatedRows: null,
    rows: null,
    ms: null,
    children: [],
    sources: facts.flatMap(({ label, text }) => (label === "sourceFragmentIds" ? idsIn(text) : [])),
  };
}

/** `a = b, c = [d, e]` */
function factsIn(text: string): { label: string; text: string }[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if ("[({".includes(letter)) depth += 1;
    else if ("])}".includes(letter)) depth -= 1;
    else if (letter === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.flatMap((part) => {
    const at = part.indexOf(" = ");
    if (part.trim() === "") return [];
    return at < 0
      ? [{ label: "", text: part.trim() }]
      : [{ label: part.slice(0, at).trim(), text: part.slice(at + 3).trim() }];
  });
}

function take(node: FragmentNode, rest: string, translate: (text: string) => string): void {
  const [, cpu, unit = ""] = CPU.exec(rest) ?? [];
  if (cpu !== undefined) {
    node.ms = Number(cpu) * (IN_MS[unit] ?? Number.NaN);
    const [, rows] = OUTPUT.exec(rest) ?? [];
    if (rows !== undefined) node.rows = count(rows);
    return;
  }
  if (rest.startsWith("Estimates:")) {
    const last = [...rest.matchAll(ESTIMATE)].at(-1)?.[1];
    if (last !== undefined) node.estimatedRows = count(last);
    return;
  }
  const [, filtered] = /Filtered: ([\d.]+%)/.exec(rest) ?? [];
  if (filtered !== undefined) node.details.push({ label: "Filtered", text: filtered });
  else if (/ := .*\(/.test(rest)) node.details.push({ label: "", text: translate(rest) });
}

const count = (digits: string): number => Number(digits.replaceAll(",", ""));
