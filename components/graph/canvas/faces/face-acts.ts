import { createContext } from "react";

/** What the faces ask of the canvas. */
export const FaceActs = createContext<{
  toggleGroup: ((id: string) => void) | undefined;
  setGroupLabel: ((id: string, label: string) => void) | undefined;
  setCommentText: ((id: string, text: string) => void) | undefined;
  /** True once for the item that is to have the focus. */
  claimFocus: (id: string) => boolean;
}>({ toggleGroup: undefined, setGroupLabel: undefined, setCommentText: undefined, claimFocus: () => false });
