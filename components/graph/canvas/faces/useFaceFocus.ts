import { useContext, useLayoutEffect, useRef } from "react";
import { FaceActs } from "./face-acts";

/** Gives the element the focus as soon as it is there, where the canvas asked for that. */
export function useFaceFocus(id: string, isTabStop: boolean) {
  const element = useRef<HTMLButtonElement>(null);
  const { claimFocus } = useContext(FaceActs);
  useLayoutEffect(() => {
    if (isTabStop && claimFocus(id)) element.current?.focus({ preventScroll: true });
  }, [isTabStop, claimFocus, id]);
  return element;
}
