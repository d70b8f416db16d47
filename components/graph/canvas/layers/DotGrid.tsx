"use client";

import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";

/** Between two dots, in pixels of the graph. */
const GAP = 16;
/** Dots closer than this on the screen are left out. */
const LEAST_GAP = 6;

/**
 * The dots behind the graph: one picture that is shifted with the view. React Flow's own background is drawn anew with
 * every move, dot by dot.
 */
export function DotGrid() {
  const store = useStoreApi();
  const sheet = useRef<HTMLDivElement>(null);
  // The sheet follows React Flow's view.
  useEffect(() => {
    let drawn = 0;
    const follow = () => {
      const style = sheet.current?.style;
      if (style === undefined) return;
      const [x, y, zoom] = store.getState().transform;
      const gap = gapAt(zoom);
      if (drawn !== gap) {
        drawn = gap;
        style.backgroundSize = `${gap}px ${gap}px`;
        style.inset = `${-gap}px`;
      }
      style.transform = `translate(${Math.round(x % gap)}px, ${Math.round(y % gap)}px)`;
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden"
      style={{ zIndex: -1 }}
    >
      <div
        className="absolute bg-[radial-gradient(circle_at_center,var(--line-2)_0.75px,transparent_1.25px)] will-change-transform"
        ref={sheet}
      />
    </div>
  );
}

function gapAt(zoom: number): number {
  let gap = GAP * zoom;
  while (gap < LEAST_GAP) gap *= 4;
  return gap;
}
