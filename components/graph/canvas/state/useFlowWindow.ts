import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";
import { prepareWindow, type Size, type View, type Window } from "../scene/prepare-window";

/**
 * What came into view is painted already. It is mounted when the view rests so long, and for some frames: a slow machine
 * must not mount with every frame. While the view never rests it is mounted after the longer of the two.
 */
const REST = { ms: 80, frames: 3 };
const MOST = { ms: 500, frames: 12 };

type Wait = { since: number; moved: number; frames: number; quietFrames: number };

const stirred = (wait: Wait | null): Wait | null =>
  wait === null ? null : { ...wait, moved: performance.now(), quietFrames: 0 };
const startWait = (at: number): Wait => ({ since: at, moved: at, frames: 0, quietFrames: 0 });

/** What is in view, in whole cells. While the view is dragged it follows in few large steps, so that frames stay short. */
export function useFlowWindow(first: View, size: Size): Window {
  const store = useStoreApi();
  const [window, setWindow] = useState(() => prepareWindow(first, size));
  // React Flow's store moves with the pointer.
  useEffect(() => {
    let last = prepareWindow(first, size);
    let next = last;
    let seen = store.getState().transform;
    let wait: Wait | null = null;
    let frame = 0;
    const settle = () => {
      cancelAnimationFrame(frame);
      wait = null;
      if (isSame(last, next)) return;
      last = next;
      setWindow(next);
    };
    const beat = (now: number) => {
      if (wait === null) return;
      wait.frames += 1;
      wait.quietFrames += 1;
      const rests = wait.quietFrames >= REST.frames && now - wait.moved >= REST.ms;
      if (rests || (wait.frames >= MOST.frames && now - wait.since >= MOST.ms)) settle();
      else frame = requestAnimationFrame(beat);
    };
    const follow = () => {
      const { transform, width, height } = store.getState();
      if (width === 0) return;
      if (transform !== seen) wait = stirred(wait);
      seen = transform;
      const now = prepareWindow({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height });
      if (isSame(now, next)) return;
      next = now;
      if (isElsewhere(last, next)) return settle();
      if (wait === null) frame = requestAnimationFrame(beat);
      wait ??= startWait(performance.now());
    };
    follow();
    const stop = store.subscribe(follow);
    return () => {
      stop();
      cancelAnimationFrame(frame);
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
