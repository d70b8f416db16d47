import { formatDuration, formatNumber } from "@/components/ui/format";
import type { PlanNode } from "@/domain/query/plan-node";

export type PlanRow = {
  /** Its way from the root: `0.1.0`. */
  id: string;
  depth: number;
  name: string;
  details: PlanNode["details"];
  rows: number | null;
  estimatedRows: number | null;
  ms: number | null;
  /** Of the time of all steps, 0 to 1; null where the plan was not run. */
  share: number | null;
  hasChildren: boolean;
  isOpen: boolean;
  /** How far the estimate was off, as a factor of at least 1; null where one of both is missing. */
  missFactor: number | null;
};

const totalMs = (node: PlanNode): number =>
  (node.ms ?? 0) + node.children.reduce((sum, child) => sum + totalMs(child), 0);

function missFactor({ rows, estimatedRows }: PlanNode): number | null {
  if (rows === null || estimatedRows === null) return null;
  const [low, high] = [Math.min(rows, estimatedRows), Math.max(rows, estimatedRows)];
  return (high + 1) / (low + 1);
}

/** The steps of a plan in reading order, the root first; those below a closed one are left out. */
export function preparePlan(plan: PlanNode, closed: ReadonlySet<string>): PlanRow[] {
  const total = totalMs(plan);
  const rows: PlanRow[] = [];
  const visit = (node: PlanNode, id: string, depth: number) => {
    const isOpen = !closed.has(id);
    const { name, details, estimatedRows, ms, children } = node;
    rows.push({
      ...{ id, depth, name, details, estimatedRows, ms, isOpen },
      rows: node.rows,
      share: ms === null || total === 0 ? null : ms / total,
      hasChildren: children.length > 0,
      missFactor: missFactor(node),
    });
    if (isOpen) for (const [at, child] of children.entries()) visit(child, `${id}.${at}`, depth + 1);
  };
  visit(plan, "0", 0);
  return rows;
}

/** The plan as text, one step a line, two blanks for each level. */
export const planText = (plan: PlanNode): string =>
  preparePlan(plan, new Set())
    .map(({ depth, name, details, rows, estimatedRows, ms }) => {
      const facts = [
        ...(rows === null ? [] : [`${formatNumber(rows)} rows`]),
        ...(estimatedRows === null ? [] : [`${formatNumber(Math.round(estimatedRows))} estimated`]),
        ...(ms === null ? [] : [formatDuration(ms)]),
        ...details.map(({ label, text }) => (label === "" ? text : `${label}: ${text}`)),
      ];
      return `${"  ".repeat(depth)}${name}${facts.length === 0 ? "" : ` (${facts.join("; ")})`}`;
    })
    .join("\n");
