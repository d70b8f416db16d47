import type { Place } from "../../layout/layout-graph";
import { placeNew } from "../../layout/place-new";
import { FACE_HEIGHT, FACE_WIDTH } from "./node-size";
import type { Scene } from "./scene";

const NEW = "\u0000new";

/** The corner of a new node that overlaps nothing: under `after`, else around the point. */
export function freePlace(scene: Scene, after: string | undefined, at: Place): Place {
  const nodes = scene.items
    .filter(({ kind }) => kind !== "frame")
    .map(({ id, box }) => ({ id, width: box.width, height: box.height, aside: 0 }));
  const known = new Map(scene.items.map(({ id, box }) => [id, { x: box.x, y: box.y }]));
  const before = scene.items[scene.indexOf.get(after ?? "") ?? -1];
  // A point stands for a node of no height just above it.
  const anchor = { id: `${NEW}:at`, width: FACE_WIDTH, height: 0, aside: 0 };
  if (before === undefined) known.set(anchor.id, { x: at.x - FACE_WIDTH / 2, y: at.y - FACE_HEIGHT });
  else anchor.width = FACE_WIDTH;
  const places = placeNew(
    {
      nodes: [
        ...nodes.map((node) =>
          node.id === after ? { ...node, width: FACE_WIDTH, aside: node.width - FACE_WIDTH } : node,
        ),
        ...(before === undefined ? [anchor] : []),
        { id: NEW, width: FACE_WIDTH, height: FACE_HEIGHT, aside: 0 },
      ],
      edges: [[before?.id ?? anchor.id, NEW]],
    },
    known,
  );
  return places.get(NEW) ?? at;
}
