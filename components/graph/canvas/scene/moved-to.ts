import type { FlowPoint } from "../flow-graph";
import type { Scene } from "./scene";

export type Moved = {
  /** New corners of nodes and comments, for the document. */
  positions: Map<string, FlowPoint>;
  /** New corners of what is drawn, frames and collapsed groups among them. */
  shown: Map<string, FlowPoint>;
  /** How far, in pixels; 0 where nothing moves. */
  by: number;
};

/** Everything in `ids` moved by the same way; a group takes its members along. */
export function movedTo(
  scene: Scene,
  corners: ReadonlyMap<string, FlowPoint>,
  ids: Iterable<string>,
  { x, y }: FlowPoint,
): Moved {
  const positions = new Map<string, FlowPoint>();
  const shown = new Map<string, FlowPoint>();
  for (const id of ids) {
    const item = scene.items[scene.indexOf.get(id) ?? -1];
    if (item === undefined) continue;
    shown.set(id, { x: item.box.x + x, y: item.box.y + y });
    for (const member of membersOf(item)) {
      const corner = corners.get(member);
      if (corner === undefined) continue;
      const to = { x: corner.x + x, y: corner.y + y };
      positions.set(member, to);
      if (scene.indexOf.has(member)) shown.set(member, to);
    }
  }
  return { positions, shown, by: Math.hypot(x, y) };
}

function membersOf(item: Scene["items"][number]): readonly string[] {
  if (item.kind === "frame") return item.group.members;
  return item.kind === "comment" ? [item.id] : item.stands;
}
