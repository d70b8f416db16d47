import type { Detail, Window } from "./prepare-window";
import type { Box, Scene } from "./scene";

/** More in the window than this is painted: what is mounted stays far below 600 in any case. */
const MOST_ITEMS = 240;
const MOST_EDGES = 300;
/** Of what is held (selected, dragged), so many stay mounted wherever they are; the focused one always. */
const MOST_HELD = 40;

export type Mounted = {
  detail: Detail;
  /** Places in `items` and in `edges` of the scene, ascending. */
  items: readonly number[];
  edges: readonly number[];
  /** False where all there is is mounted, and nothing needs paint. */
  needsPaint: boolean;
};

/** What becomes elements of the page; the rest of the scene is painted. `held` starts with the focused item. */
export function prepareMounted(scene: Scene, window: Window, held: Iterable<string>): Mounted {
  const inView: number[] = [];
  for (const [at, { box }] of scene.items.entries()) if (meet(box, window)) inView.push(at);
  const isPainted = window.detail === "dot" || inView.length > MOST_ITEMS;
  const chosen = new Set(isPainted ? [] : inView);
  let left = MOST_HELD;
  for (const id of held) {
    if (left === 0) break;
    const at = scene.indexOf.get(id);
    if (at === undefined) continue;
    chosen.add(at);
    left -= 1;
  }
  const items = [...chosen].sort((one, other) => one - other);
  const edges = isPainted ? [] : edgesBetween(scene, chosen);
  return {
    detail: isPainted ? "dot" : window.detail,
    items,
    edges,
    needsPaint: items.length < scene.items.length || edges.length < scene.edges.length,
  };
}

function edgesBetween({ edges }: Scene, chosen: ReadonlySet<number>): number[] {
  const between: number[] = [];
  for (const [at, { start, end }] of edges.entries()) {
    if (!chosen.has(start) || !chosen.has(end)) continue;
    if (between.length === MOST_EDGES) return [];
    between.push(at);
  }
  return between;
}

const meet = (one: Box, other: Box) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
