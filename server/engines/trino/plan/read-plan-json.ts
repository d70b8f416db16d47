import { z } from "zod";
import type { PlanNode } from "../../../../domain/query/plan-node";
import { Failure } from "../../../../domain/shared/failure";
import { type FragmentNode, idsIn, isNoise, stitch } from "./stitch";

/** An estimate is a number, or "NaN" where Trino has none. */
const Estimate = z.object({ outputRowCount: z.union([z.number(), z.string()]) });

const Step = z.object({
  name: z.string(),
  descriptor: z.record(z.string(), z.string()).default({}),
  details: z.array(z.string()).default([]),
  estimates: z.array(Estimate).default([]),
  get children(): z.ZodArray<typeof Step> {
    return z.array(Step);
  },
});
type Step = z.infer<typeof Step>;

const Fragments = z.record(z.string(), Step);

/** The plan of `EXPLAIN (TYPE DISTRIBUTED, FORMAT JSON)`: fragments by number, the first one on top. */
export function readPlanJson(text: string, translate: (text: string) => string): PlanNode {
  const parsed = Fragments.safeParse(JSON.parse(text));
  const [root] = Object.keys(parsed.data ?? {});
  if (parsed.data === undefined || root === undefined) {
    throw new Failure("engine_failed", "Trino's plan cannot be read.", { cause: parsed.error });
  }
  const fragments = new Map(Object.entries(parsed.data).map(([id, step]) => [id, nodeOf(step, translate)]));
  const tree = stitch(fragments, root);
  if (tree === null) throw new Failure("engine_failed", "Trino's plan is empty.");
  return tree;
}

function nodeOf(step: Step, translate: (text: string) => string): FragmentNode {
  const facts = Object.entries(step.descriptor)
    .filter(([label, text]) => !isNoise(label, text))
    .map(([label, text]) => ({ label, text: translate(text) }));
  const details = step.details.filter(isExpression).map((text) => ({ label: "", text: translate(text) }));
  const rows = step.estimates.at(-1)?.outputRowCount;
  return {
    name: step.name,
    details: [...facts, ...details],
    estimatedRows: typeof rows === "number" && Number.isFinite(rows) ? Math.round(rows) : null,
    rows: null,
    ms: null,
    children: step.children.map((child) => nodeOf(child, translate)),
    sources: idsIn(step.descriptor.sourceFragmentIds ?? ""),
  };
}

/** Not the columns that are merely handed on: `name := name_5`. */
const isExpression = (text: string): boolean => !/^\S+ := [\w:$]+$/.test(text.trim());
