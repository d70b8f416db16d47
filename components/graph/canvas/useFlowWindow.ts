import { useStoreApi } from "@xyflow/react";
import { useEffect, useState } from "react";
import { prepareWindow, type Size, type View, type Window } from "./scene/prepare-window";

/** What is in view, in whole cells: changes now and then while the view moves, not with every frame. */
export function useFlowWindow(first: View, size: Size): Window {
  const store = useStoreApi();
  const [window, setWindow] = useState(() => prepareWindow(first, size));
  // React Flow's store moves with the pointer.
  useEffect(() => {
    const follow = () => {
      const { transform, width, height } = store.getState();
      if (width === 0) return;
      const next = prepareWindow({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height });
      setWindow((last) => (isSame(last, next) ? last : next));
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  return window;
}

const isSame = (one: Window, other: Window) =>
  one.x === other.x &&
  one.y === other.y &&
  one.width === other.width &&
  one.height === other.height &&
  one.detail === other.detail;
