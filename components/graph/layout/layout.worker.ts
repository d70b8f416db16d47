/** Lays out large graphs beside the page, so that it stays usable meanwhile. */
import { layOutGraph } from "./lay-out-graph";
import type { LayoutAnswer, LayoutRequest } from "./layout-messages";

self.addEventListener("message", ({ data }: MessageEvent<LayoutRequest>) => {
  const places = layOutGraph(data.graph);
  const corners = [...places.values()];
  const answer: LayoutAnswer = {
    ids: [...places.keys()],
    xs: Float64Array.from(corners, ({ x }) => x),
    ys: Float64Array.from(corners, ({ y }) => y),
  };
  self.postMessage(answer);
});
