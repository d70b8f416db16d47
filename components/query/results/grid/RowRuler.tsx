"use client";

import { type PointerEvent, useMemo } from "react";
import { prepareRuler } from "./prepare-ruler";
import type { ScrollScale } from "./scroll-scale";

export const RULER_WIDTH = 38;

export type RowRulerProps = {
  rows: number;
  scale: ScrollScale;
  top: number;
  headHeight: number;
  height: number;
  onScrollTo: (top: number) => void;
};

const SHORTEST_THUMB = 18;

/** The scroll bar as a ruler of row numbers: press or drag it. The keyboard has the grid itself for this. */
export function RowRuler({ rows, scale, top, headHeight, height, onScrollTo }: RowRulerProps) {
  const ticks = useMemo(() => prepareRuler(rows, height), [rows, height]);
  const shownShare = Math.min(1, scale.viewHeight / Math.max(1, scale.maxTop + scale.viewHeight));
  const thumb = Math.max(SHORTEST_THUMB, shownShare * height);
  const thumbTop = scale.maxTop === 0 ? 0 : (top / scale.maxTop) * (height - thumb);
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top - headHeight;
    onScrollTo(((y - thumb / 2) / Math.max(1, height - thumb)) * scale.maxTop);
  };
  return (
    <div
      aria-hidden="true"
      className="absolute inset-y-0 right-0 z-20 touch-none select-none border-line-2 border-l bg-sunken"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
      style={{ width: RULER_WIDTH, paddingTop: headHeight }}
    >
      <svg className="block" height={height} width={RULER_WIDTH - 1}>
        <title>Row numbers</title>
        {ticks.map(({ at, label }) => (
          <g key={at}>
            <line stroke="var(--ctl)" x1={0} x2={label === null ? 3 : 7} y1={at} y2={at} />
            {label !== null && at < height - 8 && (
              <text fill="var(--ink-3)" fontSize={11} x={9} y={at + 4}>
                {label}
              </text>
            )}
          </g>
        ))}
      </svg>
      {scale.maxTop > 0 && (
        <div
          className="absolute right-0 w-1.5 rounded-1 bg-ctl"
          style={{ top: headHeight + thumbTop, height: thumb }}
        />
      )}
    </div>
  );
}
