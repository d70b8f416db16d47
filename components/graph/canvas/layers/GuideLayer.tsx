"use client";

import { ViewportPortal } from "@xyflow/react";
import type { Guide } from "../scene/guide-drag";

/** Past the boxes on both ends, in pixels of the graph. */
const PAST = 16;

/** The lines on which a dragged item stands with its neighbours. */
export function GuideLayer({ guides }: { guides: readonly Guide[] }) {
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      <svg
        aria-hidden="true"
        className="pointer-events-none absolute top-0 left-0 overflow-visible"
        data-flow-guides=""
        height={1}
        style={{ zIndex: 3 }}
        width={1}
      >
        {guides.map(({ axis, at, from, to }) => (
          <path
            d={axis === "x" ? `M${at} ${from - PAST}V${to + PAST}` : `M${from - PAST} ${at}H${to + PAST}`}
            key={axis}
            stroke="var(--accent)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}
