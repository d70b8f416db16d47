import { useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";

/** The view rests when it did not move for so long. */
const REST_MS = 160;

/**
 * Marks the board with `data-moving` while the view moves, so that it is shifted as one layer: each glyph that turns
 * would cut it into two more. At rest it is drawn anew, sharp at its scale.
 */
export function useMovingView(board: RefObject<HTMLElement | null>): void {
  const store = useStoreApi();
  // React Flow's store moves with the pointer.
  useEffect(() => {
    let [x, y, zoom] = store.getState().transform;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const rest = () => {
      timer = null;
      delete board.current?.dataset.moving;
    };
    const stop = store.subscribe(({ transform }) => {
      if (transform[0] === x && transform[1] === y && transform[2] === zoom) return;
      [x, y, zoom] = transform;
      if (timer !== null) clearTimeout(timer);
      else board.current?.setAttribute("data-moving", "");
      timer = setTimeout(rest, REST_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, board]);
}
