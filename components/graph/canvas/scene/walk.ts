import type { Box, Scene } from "./scene";

export type Way = "up" | "down" | "left" | "right";

/**
 * Where an arrow leads: up and down along an edge to the nearest of several, left and right to the nearest neighbour
 * at about the same height, and otherwise to what lies nearest in that direction. Null at the border.
 */
export function walk(scene: Scene, from: string, way: Way): string | null {
  const at = scene.indexOf.get(from);
  if (at === undefined) return null;
  const tied = way === "down" ? scene.after[at] : way === "up" ? scene.before[at] : undefined;
  const near = nearest(scene, at, way, tied ?? []) ?? nearest(scene, at, way, scene.items.keys());
  return near === null ? null : (scene.items[near]?.id ?? null);
}

/** Along the way counts once, aside from it three times; an edge counts even where it leads the other way. */
function nearest(scene: Scene, from: number, way: Way, among: Iterable<number>): number | null {
  const start = scene.items[from]?.box;
  if (start === undefined) return null;
  const isTied = Array.isArray(among);
  let best: { at: number; distance: number } | null = null;
  for (const at of among) {
    const item = scene.items[at];
    if (item === undefined || at === from || item.kind === "frame") continue;
    const { along, aside } = offset(start, item.box, way);
    // What stands more aside than along is not meant by an arrow, unless an edge leads there.
    if (!isTied && (along <= 0 || aside > along * 2)) continue;
    const distance = Math.abs(along) + 3 * aside;
    if (best === null || distance < best.distance) best = { at, distance };
  }
  return best?.at ?? null;
}

function offset(from: Box, to: Box, way: Way): { along: number; aside: number } {
  const [dx, dy] = [to.x - from.x, to.y + to.height / 2 - (from.y + from.height / 2)];
  switch (way) {
    case "down":
      return { along: dy, aside: Math.abs(dx) };
    case "up":
      return { along: -dy, aside: Math.abs(dx) };
    case "right":
      return { along: dx, aside: Math.abs(dy) };
    case "left":
      return { along: -dx, aside: Math.abs(dy) };
  }
}
