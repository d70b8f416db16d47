"use client";

import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import {
  isScaled,
  type ScrollScale,
  scrollOfTop,
  scrollScale,
  topAfterScroll,
  topToShow,
} from "./scroll-scale";

export type ScaledScroll = {
  /** For the element that scrolls. */
  element: RefObject<HTMLDivElement | null>;
  scale: ScrollScale;
  /** Pixels of rows above the view, and of columns at its left. */
  top: number;
  left: number;
  /** The inside of the scrolling element, without its bars. */
  width: number;
  height: number;
  scrollTo: (top: number) => void;
  scrollToLeft: (left: number) => void;
  showRow: (row: number, at: "nearest" | "middle") => void;
};

const LINE_PX = 40;

const wheelPixels = (event: WheelEvent, scale: ScrollScale): number => {
  if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return event.deltaY * LINE_PX;
  return event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? event.deltaY * scale.viewHeight : event.deltaY;
};

/** The scroll position of any number of rows under a head of `headHeight`. */
export function useScaledScroll(rows: number, rowHeight: number, headHeight: number): ScaledScroll {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [at, setAt] = useState({ top: 0, left: 0 });
  /** Where the rows and the bar stand together; what the bar says without us moving it is a move of the person. */
  const place = useRef({ top: 0, scroll: 0 });
  const scale = useMemo(
    () => scrollScale(rows, rowHeight, Math.max(0, size.height - headHeight)),
    [rows, rowHeight, size.height, headHeight],
  );
  const latest = useRef(scale);
  latest.current = scale;

  useLayoutEffect(() => {
    // The size of the element, which the layout of the page decides.
    const node = element.current;
    if (node === null) return;
    const measure = () => setSize({ width: node.clientWidth, height: node.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);

  const moveTo = (top: number) => {
    const node = element.current;
    if (node === null) return;
    const { maxTop } = latest.current;
    const next = Math.min(Math.max(0, top), maxTop);
    node.scrollTop = scrollOfTop(latest.current, next);
    place.current = { top: next, scroll: node.scrollTop };
    setAt({ top: next, left: node.scrollLeft });
  };
  const move = useRef(moveTo);
  move.current = moveTo;

  useLayoutEffect(() => {
    // More rows make the bar's map finer: the same rows stay in view, the thumb moves.
    const node = element.current;
    if (node === null) return;
    const { top } = place.current;
    if (top > scale.maxTop || (isScaled(scale) && place.current.scroll !== scrollOfTop(scale, top))) {
      move.current(top);
    }
  }, [scale]);

  useEffect(() => {
    // Scrolling by the browser: bar, finger, wheel. Rows are drawn in the same frame.
    const node = element.current;
    if (node === null) return;
    const onScroll = () => {
      const scroll = node.scrollTop;
      if (scroll !== place.current.scroll) {
        place.current = { top: topAfterScroll(latest.current, place.current, scroll), scroll };
      }
      const next = { top: place.current.top, left: node.scrollLeft };
      flushSync(() => setAt((old) => (old.top === next.top && old.left === next.left ? old : next)));
    };
    const onWheel = (event: WheelEvent) => {
      if (!isScaled(latest.current) || event.ctrlKey || event.shiftKey) return;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      move.current(place.current.top + wheelPixels(event, latest.current));
    };
    // A finger moved rows and bar alike: afterwards the bar shows where in all rows that is.
    const onScrollEnd = () => {
      if (!isScaled(latest.current)) return;
      const wanted = scrollOfTop(latest.current, place.current.top);
      if (Math.abs(wanted - node.scrollTop) > 1) move.current(place.current.top);
    };
    node.addEventListener("scroll", onScroll, { passive: true });
    node.addEventListener("wheel", onWheel, { passive: false });
    node.addEventListener("scrollend", onScrollEnd);
    return () => {
      node.removeEventListener("scroll", onScroll);
      node.removeEventListener("wheel", onWheel);
      node.removeEventListener("scrollend", onScrollEnd);
    };
  }, []);

  return {
    element,
    scale,
    top: Math.min(at.top, scale.maxTop),
    left: at.left,
    ...size,
    scrollTo: moveTo,
    scrollToLeft: (left) => {
      if (element.current !== null) element.current.scrollLeft = left;
    },
    showRow: (row, where) => {
      const next = topToShow(latest.current, place.current.top, row, where);
      if (next !== place.current.top) moveTo(next);
    },
  };
}
