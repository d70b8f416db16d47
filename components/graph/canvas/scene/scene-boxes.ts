import { FACE_HEIGHT, FACE_WIDTH } from "./node-size";
import type { Box, Scene, SceneItem } from "./scene";

/** What the eye takes for the item: a node without its pills. */
export const faceBox = ({ kind, box }: SceneItem): Box =>
  kind === "node" || kind === "group" ? { ...box, width: FACE_WIDTH, height: FACE_HEIGHT } : box;

/** The box around what is selected; null where nothing is. */
export function boundsOf(scene: Scene, ids: Iterable<string>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    const box = scene.items[scene.indexOf.get(id) ?? -1]?.box;
    if (box === undefined) continue;
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return left === Infinity ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Ids of the items whose middle lies in the box; a frame counts only where all of it does. */
export function idsInside(scene: Scene, { x, y, width, height }: Box): string[] {
  const isIn = (atX: number, atY: number) => atX >= x && atX <= x + width && atY >= y && atY <= y + height;
  return scene.items.flatMap(({ id, kind, box }) => {
    const inside =
      kind === "frame"
        ? isIn(box.x, box.y) && isIn(box.x + box.width, box.y + box.height)
        : isIn(box.x + box.width / 2, box.y + box.height / 2);
    return inside ? [id] : [];
  });
}

/** The topmost item at a point; frames only give way to what lies in them. */
export function itemAt(scene: Scene, x: number, y: number): string | null {
  const item = scene.items.findLast(
    ({ kind, box }) =>
      kind !== "frame" && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height,
  );
  return item?.id ?? null;
}
