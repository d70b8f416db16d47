import { type MouseEvent, type PointerEvent, useState } from "react";
import type { FlowPoint } from "../flow-graph";
import type { Box } from "../scene/scene";

/** Below this many pixels it was a click. */
const LEAST = 4;

const isPane = (target: EventTarget) =>
  target instanceof Element && target.classList.contains("react-flow__pane");

/** Shift and a drag over the empty canvas: a frame, and at its end the box in pixels of the window. */
export function useBoxSelect(onBox: (box: Box) => void) {
  const [drag, setDrag] = useState<{ from: FlowPoint; to: FlowPoint } | null>(null);
  const box = drag === null ? null : boxOf(drag.from, drag.to);
  return {
    box: box !== null && (box.width > LEAST || box.height > LEAST) ? box : null,
    handlers: {
      onPointerDownCapture(event: PointerEvent<HTMLElement>) {
        if (!event.shiftKey || event.button !== 0 || !isPane(event.target)) return;
        const at = { x: event.clientX, y: event.clientY };
        setDrag({ from: at, to: at });
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      // React Flow would pan.
      onMouseDownCapture(event: MouseEvent<HTMLElement>) {
        if (event.shiftKey && event.button === 0 && isPane(event.target)) event.stopPropagation();
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (drag !== null) setDrag({ from: drag.from, to: { x: event.clientX, y: event.clientY } });
      },
      onPointerUp() {
        setDrag(null);
        if (box !== null && (box.width > LEAST || box.height > LEAST)) onBox(box);
      },
      onPointerCancel: () => setDrag(null),
    },
  };
}

const boxOf = (one: FlowPoint, other: FlowPoint): Box => ({
  x: Math.min(one.x, other.x),
  y: Math.min(one.y, other.y),
  width: Math.abs(one.x - other.x),
  height: Math.abs(one.y - other.y),
});
