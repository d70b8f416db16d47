import type { ClipboardEvent } from "react";
import type { FlowActs } from "../flow-acts";
import type { FlowPoint } from "../flow-graph";
import type { Scene } from "../scene/scene";
import { namesOf } from "./useFlowCommands";

export type FlowClipboardInput = {
  scene: Scene;
  acts: FlowActs;
  readOnly: boolean;
  selection: ReadonlySet<string>;
  say: (message: string) => void;
  pointerAt: () => FlowPoint;
};

const isWriting = (target: EventTarget) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/** Copy, cut and paste as the browser has them, so that no permission is asked for. */
export function useFlowClipboard({ scene, acts, readOnly, selection, say, pointerAt }: FlowClipboardInput) {
  const copy = (event: ClipboardEvent<HTMLElement>): boolean => {
    if (isWriting(event.target) || selection.size === 0) return false;
    const text = acts.onCopy?.(selection) ?? null;
    if (text === null) return false;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    return true;
  };
  return {
    onCopy(event: ClipboardEvent<HTMLElement>) {
      if (copy(event)) say(`Copied ${namesOf(scene, selection)}`);
    },
    onCut(event: ClipboardEvent<HTMLElement>) {
      if (readOnly || acts.onRemove === undefined || !copy(event)) return;
      acts.onRemove(selection);
      say(`Cut ${namesOf(scene, selection)}`);
    },
    onPaste(event: ClipboardEvent<HTMLElement>) {
      if (readOnly || acts.onPaste === undefined || isWriting(event.target)) return;
      event.preventDefault();
      acts.onPaste(event.clipboardData.getData("text/plain"), pointerAt());
      say("Pasted");
    },
  };
}
