import { type RefObject, useEffect, useRef, useState } from "react";
import { type RowWindow, rowStarts, rowWindow } from "./row-window";

/** Which rows of a long list to draw. `scroller` goes to the element that scrolls; `chosen` is brought into its view. */
export function useRowWindow(
  heights: readonly number[],
  chosen: number,
): { scroller: RefObject<HTMLDivElement | null>; shown: RowWindow } {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, room: 1_000 });
  const starts = rowStarts(heights);
  useEffect(() => {
    // The scroll position and the size of the list's element.
    const element = scroller.current;
    if (element === null) return;
    const read = () => setSeen({ top: element.scrollTop, room: element.clientHeight });
    const resized = new ResizeObserver(read);
    resized.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, []);
  const [start, end] = [starts[chosen], starts[chosen + 1]];
  const place = useRef({ start, end });
  place.current = { start, end };
  useEffect(() => {
    // The scroll position, where the chosen row is out of view. Rows that only move do not scroll.
    const element = scroller.current;
    const { start, end } = place.current;
    if (chosen < 0 || element === null || start === undefined || end === undefined) return;
    const room = element.clientHeight - AXIS_PX;
    if (start < element.scrollTop) element.scrollTop = start;
    else if (end > element.scrollTop + room) element.scrollTop = end - room;
  }, [chosen]);
  return { scroller, shown: rowWindow(starts, seen.top, seen.room) };
}

/** The axis covers this much of the list's foot. */
const AXIS_PX = 28;
