import type { LayoutGraph } from "./layout-graph";

export type LayoutRequest = { graph: LayoutGraph };
/** Corners by the place of each id in `ids`. */
export type LayoutAnswer = { ids: string[]; xs: Float64Array; ys: Float64Array };
