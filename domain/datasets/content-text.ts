import type { DashboardContent } from "./dashboard-content";
import type { ReportContent } from "./report-content";

/** A version as lines of text, so that two can be compared. */
export function contentText(content: ReportContent | DashboardContent): string[] {
  const head = [`title: ${content.title}`];
  if ("items" in content)
    return [
      ...head,
      ...content.items.map(
        ({ report, block, width }) =>
          `${width}: ${report}${block === undefined ? "" : `, block ${block + 1}`}`,
      ),
    ];
  return [
    ...head,
    ...content.blocks.flatMap((block) => {
      if (block.type === "text") return ["", "text", ...indented(block.markdown)];
      const { chart } = block;
      return [
        "",
        `query: ${block.title}`,
        ...indented(block.sql),
        ...(chart === undefined ? [] : [`  drawn as ${chart.kind}: ${chart.y.join(", ")} over ${chart.x}`]),
      ];
    }),
  ];
}

const indented = (text: string): string[] => text.split("\n").map((line) => `  ${line}`);
