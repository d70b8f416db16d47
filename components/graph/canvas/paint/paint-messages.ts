import type { FlowEdge } from "../flow-graph";
import type { Size, View } from "../scene/prepare-window";

export const EDGE_LOOKS = ["solid", "waiting", "running", "problem"] as const satisfies FlowEdge["look"][];
export const ITEM_TONES = ["plain", "ok", "run", "warn", "err", "frame", "comment"] as const;
export type ItemTone = (typeof ITEM_TONES)[number];

/** The scene as numbers, so that it crosses to the worker in no time. */
export type PaintScene = {
  /** [4 n]: x, y, width and height of each face, in the order of the scene. */
  boxes: Float32Array;
  /** [n]: places in ITEM_TONES. */
  tones: Uint8Array;
  labels: readonly string[];
  /** [2 m]: places of the ends of each edge. */
  ends: Uint32Array;
  /** [m]: places in EDGE_LOOKS. */
  looks: Uint8Array;
};

export type PaintColours = Record<
  "panel" | "ctl" | "ink" | "line" | "solid" | "accent" | "ok" | "warn" | "err",
  string
>;

export type PaintJob = {
  /** Where the graph's origin stands on the bitmap, in pixels of the screen. */
  view: View;
  size: Size;
  /** Pixels of the device for one of the screen. */
  ratio: number;
  colours: PaintColours;
  /** Places of what the page shows by itself. */
  mountedItems: Uint32Array;
  mountedEdges: Uint32Array;
  selected: Uint32Array;
};

export type PaintRequest =
  | { kind: "scene"; scene: PaintScene }
  | { kind: "paint"; id: number; job: PaintJob };
export type PaintAnswer = { id: number; bitmap: ImageBitmap };
