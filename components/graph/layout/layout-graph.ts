/** Pixels at zoom 1; y grows downwards. */
export type Place = { x: number; y: number };

/** A box of a graph: a face, and what hangs at its right (pills), which takes room but has no edges. */
export type LayoutNode = { id: string; width: number; height: number; aside: number };

export type LayoutGraph = {
  nodes: readonly LayoutNode[];
  /** Pairs of ids, from what comes first to what follows. Unknown ids, loops and repeats are left out. */
  edges: readonly (readonly [from: string, to: string])[];
};

/** Top left corner of each face, by id. Every coordinate is a multiple of GRID_STEP. */
export type Places = Map<string, Place>;

/** What positions snap to. */
export const GRID_STEP = 8;
/** Free room between two boxes of a layer. */
export const COLUMN_GAP = 56;
/** Free room between two layers of a chain, and where branches need room for their edges. */
export const CHAIN_GAP = 26;
export const LAYER_GAP = 50;
