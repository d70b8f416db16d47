import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";
import { prepareWindow, type Size, type View, type Window } from "./scene/prepare-window";

/** What came into view is painted already; it is mounted when the view rests so long, or at last after MOST_MS. */
const REST_MS = 80;
const MOST_MS = 500;

/** What is in view, in whole cells. While the view is dragged it follows in few large steps, so that frames stay short. */
export function useFlowWindow(first: View, size: Size): Window {
  const store = useStoreApi();
  const [window, setWindow] = useState(() => prepareWindow(first, size));
  // React Flow's store moves with the pointer.
  useEffect(() => {
    let last = prepareWindow(first, size);
    let next = last;
    let waits: { timer: ReturnType<typeof setTimeout>; since: number } | null = null;
    const settle = () => {
      if (waits !== null) clearTimeout(waits.timer);
      waits = null;
      if (isSame(last, next)) return;
      last = next;
      setWindow(next);
    };
    const follow = () => {
      const { transform, width, height } = store.getState();
      if (width === 0) return;
      const now = prepareWindow({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height });
      if (isSame(now, next)) return;
      next = now;
      if (isElsewhere(last, next)) return settle();
      const since = waits?.since ?? performance.now();
      if (waits !== null) clearTimeout(waits.timer);
      const left = Math.max(0, Math.min(REST_MS, since + MOST_MS - performance.now()));
      waits = { timer: setTimeout(settle, left), since };
    };
    follow();
    const stop = store.subscribe(follow);
    return () => {
      stop();
      if (waits !== null) clearTimeout(waits.timer);
    };
  }, [store, first, size]);
  return window;
}

/** After a jump or at another scale nothing of what is mounted is of use. */
const isElsewhere = (one: Window, other: Window) =>
  one.detail !== other.detail ||
  one.x > other.x + other.width ||
  other.x > one.x + one.width ||
  one.y > other.y + other.height ||
  other.y > one.y + one.height;

const isSame = (one: Window, other: Window) =>
  one.x === other.x &&
  one.y === other.y &&
  one.width === other.width &&
  one.height === other.height &&
  one.detail === other.detail;
