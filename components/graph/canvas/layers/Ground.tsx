import { ViewportPortal } from "@xyflow/react";
import type { Scene } from "../scene/scene";

/** Beyond the graph's bounds, so that what is dragged out of them still lies on it. */
const MARGIN = 2_000;

/**
 * A sheet under all nodes while the view moves, next to invisible. Chromium draws what lies on one sheet as one layer;
 * without it nodes with room between them are a hundred layers, each of which every frame pays for. It joins only what
 * has no opaque ground of its own, so faces are a trace transparent meanwhile.
 */
export function Ground({ bounds }: { bounds: Scene["bounds"] }) {
  return (
    <ViewportPortal>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute in-data-moving:block hidden"
        style={{
          left: bounds.x - MARGIN,
          top: bounds.y - MARGIN,
          width: bounds.width + 2 * MARGIN,
          height: bounds.height + 2 * MARGIN,
          zIndex: -2,
          background: "rgb(0 0 0 / 0.004)",
        }}
      />
    </ViewportPortal>
  );
}
