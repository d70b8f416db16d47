import { FACE_HEIGHT, FACE_WIDTH } from "../scene/node-size";
import type { Scene, SceneItem } from "../scene/scene";
import { labelOf } from "../scene/spoken-name";
import { EDGE_LOOKS, ITEM_TONES, type ItemTone, type PaintScene } from "./paint-messages";

/** The scene as the painter needs it. */
export function preparePaint({ items, edges }: Scene): PaintScene {
  const boxes = new Float32Array(4 * items.length);
  const tones = new Uint8Array(items.length);
  const ends = new Uint32Array(2 * edges.length);
  const looks = new Uint8Array(edges.length);
  for (const [at, item] of items.entries()) {
    const isStage = item.kind === "node" || item.kind === "group";
    boxes[4 * at] = item.box.x;
    boxes[4 * at + 1] = item.box.y;
    boxes[4 * at + 2] = isStage ? FACE_WIDTH : item.box.width;
    boxes[4 * at + 3] = isStage ? FACE_HEIGHT : item.box.height;
    tones[at] = ITEM_TONES.indexOf(toneOf(item));
  }
  for (const [at, { start, end, look }] of edges.entries()) {
    ends[2 * at] = start;
    ends[2 * at + 1] = end;
    looks[at] = EDGE_LOOKS.indexOf(look);
  }
  return { boxes, tones, labels: items.map((item) => labelOf(item)), ends, looks };
}

/** The colour in which an item is seen from afar: its problem first, then its state. */
export function toneOf(item: SceneItem): ItemTone {
  if (item.kind === "frame" || item.kind === "comment") return item.kind;
  const { errors, warnings, state } = item.face;
  if (errors > 0) return "err";
  switch (state) {
    case "failed":
    case "blocked":
    case "err":
      return "err";
    case "running":
    case "starting":
      return "run";
    case "retrying":
    case "warning":
      return "warn";
    case "succeeded":
    case "reused":
    case "ok":
      return "ok";
    default:
      return warnings > 0 ? "warn" : "plain";
  }
}
