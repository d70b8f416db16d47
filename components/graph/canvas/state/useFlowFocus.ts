import { useReactFlow, useStoreApi } from "@xyflow/react";
import { type RefObject, useCallback, useRef, useState } from "react";
import { bringIn } from "../scene/fit-view";
import type { Scene } from "../scene/scene";
import { faceBox } from "../scene/scene-boxes";

/** One item is the graph's tab stop. It may be out of view or not mounted when it is asked for. */
export function useFlowFocus(
  scene: Scene,
  selection: ReadonlySet<string>,
  board: RefObject<HTMLElement | null>,
) {
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  const [wanted, setWanted] = useState<string | null>(null);
  const claimed = useRef<string | null>(null);

  const show = (id: string) => {
    const item = scene.items[scene.indexOf.get(id) ?? -1];
    const { transform, width, height } = store.getState();
    if (item === undefined || width === 0) return;
    const [x, y, zoom] = transform;
    const view = bringIn(faceBox(item), { x, y, zoom }, { width, height });
    if (view !== null) void setViewport(view);
  };
  const claimFocus = useCallback((id: string) => {
    const isMine = claimed.current === id;
    if (isMine) claimed.current = null;
    return isMine;
  }, []);
  const [selected] = selection;
  const firstStage = scene.items.find(({ kind }) => kind !== "frame")?.id ?? null;
  const known = [wanted, selected].find((id) => typeof id === "string" && scene.indexOf.has(id));
  return {
    focused: known ?? firstStage,
    show,
    claimFocus,
    /** The browser gave the item the focus. */
    noteFocus: setWanted,
    focus: (id: string) => {
      setWanted(id);
      show(id);
      const there = board.current?.querySelector<HTMLElement>(`[data-flow-item="${CSS.escape(id)}"]`);
      if (there) there.focus({ preventScroll: true });
      else claimed.current = id;
    },
  };
}
