import type { Alignment, Box, Point } from "./operation";

/** New places of boxes. Alignment keeps the outermost edge, or the middle of them all; distribution makes equal gaps. */
export function alignBoxes(boxes: Readonly<Record<string, Box>>, how: Alignment): Record<string, Point> {
  const entries = Object.entries(boxes);
  if (how === "distribute_horizontally") return distributed(entries, "x", "width");
  if (how === "distribute_vertically") return distributed(entries, "y", "height");
  const left = Math.min(...entries.map(([, box]) => box.x));
  const right = Math.max(...entries.map(([, box]) => box.x + box.width));
  const top = Math.min(...entries.map(([, box]) => box.y));
  const bottom = Math.max(...entries.map(([, box]) => box.y + box.height));
  const placed = ({ x, y, width, height }: Box): Point => {
    switch (how) {
      case "left":
        return [left, y];
      case "right":
        return [right - width, y];
      case "center":
        return [Math.round((left + right - width) / 2), y];
      case "top":
        return [x, top];
      case "bottom":
        return [x, bottom - height];
      case "middle":
        return [x, Math.round((top + bottom - height) / 2)];
    }
  };
  return Object.fromEntries(entries.map(([id, box]) => [id, placed(box)]));
}

/** The first and the last box stay; the gaps between neighbours become equal. */
function distributed(
  entries: [string, Box][],
  along: "x" | "y",
  size: "width" | "height",
): Record<string, Point> {
  const sorted = entries.toSorted(([, a], [, b]) => a[along] - b[along]);
  const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]];
  if (first === undefined || last === undefined) return {};
  const taken = sorted.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = sorted.length < 2 ? 0 : (last[along] + last[size] - first[along] - taken) / (sorted.length - 1);
  let at = first[along];
  return Object.fromEntries(
    sorted.map(([id, box]) => {
      const from = Math.round(at);
      at += box[size] + gap;
      return [id, along === "x" ? [from, box.y] : [box.x, from]] as const;
    }),
  );
}
