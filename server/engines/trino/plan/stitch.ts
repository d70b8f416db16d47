import type { PlanNode } from "../../../../domain/query/plan-node";

/** A step of a fragment; `sources` are the fragments whose rows it takes in. */
export type FragmentNode = Omit<PlanNode, "children"> & { children: FragmentNode[]; sources: string[] };

/** One tree of fragments by their ids, from `root` down. A fragment that is missing is left out. */
export function stitch(fragments: ReadonlyMap<string, FragmentNode>, root: string): PlanNode | null {
  const seen = new Set<string>();
  const enter = (id: string): PlanNode[] => {
    const node = fragments.get(id);
    if (node === undefined || seen.has(id)) return [];
    seen.add(id);
    return [visit(node)];
  };
  const visit = ({ sources, children, ...step }: FragmentNode): PlanNode => ({
    ...step,
    children: [...children.map(visit), ...sources.flatMap(enter)],
  });
  return enter(root)[0] ?? null;
}

/** The ids in `[1, 2]`. */
export const idsIn = (text: string): string[] => text.match(/\d+/g) ?? [];

/** What people need not read. */
export const isNoise = (label: string, text: string): boolean =>
  text === "" || text === "[]" || (label === "hashColumn" && text === "[]") || label === "sourceFragmentIds";
