"use client";

import { type PointerEvent, useState } from "react";
import type { ColumnLayout } from "../columns/column-layout";

export type HeadDragOptions = {
  layout: ColumnLayout;
  /** The shown column under a place of the window, by its place. */
  placeUnder: (clientX: number) => number;
  onPress: (place: number, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => void;
  onMove: (from: number, to: number) => void;
  onResize: (place: number, width: number) => void;
};

const STARTS_AFTER_PX = 6;

/** What the pointer does on the head: a press sorts, a drag moves the column, the edge resizes it. */
export function useHeadDrag({ layout, placeUnder, onPress, onMove, onResize }: HeadDragOptions) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);

  const onPointerDown = (event: PointerEvent<HTMLElement>, from: number) => {
    if (event.button !== 0) return;
    const startX = event.clientX;
    let to: number | null = null;
    follow(event, {
      move: (x) => {
        if (to === null && Math.abs(x - startX) < STARTS_AFTER_PX) return;
        to = placeUnder(x);
        setDrag({ from, to });
      },
      end: (up) => {
        setDrag(null);
        if (to === null) onPress(from, up);
        else if (to !== from) onMove(from, to);
      },
      cancel: () => setDrag(null),
    });
  };

  const onResizeDown = (event: PointerEvent<HTMLElement>, place: number) => {
    event.stopPropagation();
    const start = event.clientX - (layout.widths[place] ?? 0);
    follow(event, { move: (x) => onResize(place, x - start), end: () => {}, cancel: () => {} });
  };

  return { drag, onPointerDown, onResizeDown };
}

type Followers = {
  move: (clientX: number) => void;
  end: (event: globalThis.PointerEvent) => void;
  cancel: () => void;
};

/** Follows one pointer until it is let go, wherever it goes. */
function follow(event: PointerEvent<HTMLElement>, { move, end, cancel }: Followers) {
  const node = event.currentTarget;
  node.setPointerCapture(event.pointerId);
  const onMove = (next: globalThis.PointerEvent) => move(next.clientX);
  const stop = () => {
    node.removeEventListener("pointermove", onMove);
    node.removeEventListener("pointerup", onUp);
    node.removeEventListener("pointercancel", onCancel);
  };
  const onUp = (up: globalThis.PointerEvent) => {
    stop();
    end(up);
  };
  const onCancel = () => {
    stop();
    cancel();
  };
  node.addEventListener("pointermove", onMove);
  node.addEventListener("pointerup", onUp);
  node.addEventListener("pointercancel", onCancel);
}
