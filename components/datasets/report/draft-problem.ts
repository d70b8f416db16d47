import type { ReportContent } from "@/domain/datasets/report-content";

/** Why a draft of a report cannot be saved, with its place; null where it can. */
export function draftProblem({ title, blocks }: ReportContent): string | null {
  if (title.trim() === "") return "Write a title first.";
  for (const [place, block] of blocks.entries()) {
    if (block.type !== "query") continue;
    if (block.sql.trim() === "") return `Write the SELECT of block ${place + 1} first, or remove it.`;
    const { chart } = block;
    if (chart === undefined) continue;
    if (chart.x === "") return `Say what block ${place + 1} is drawn over.`;
    if (chart.y.length === 0 || chart.y.includes("")) return `Say which columns block ${place + 1} draws.`;
    if (chart.y.length > 6) return `Block ${place + 1} draws more than six columns.`;
  }
  return null;
}
