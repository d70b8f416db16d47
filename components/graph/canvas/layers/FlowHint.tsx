"use client";

import type { Scene } from "../scene/scene";
import { labelOf } from "../scene/spoken-name";
import type { Connecting } from "../state/useFlowCommands";

export type FlowHintProps = { scene: Scene; connecting: Connecting | null; said: string };

/** Tells screen readers what was done, and shows how a connection by keys goes on. */
export function FlowHint({ scene, connecting, said }: FlowHintProps) {
  const name = (id: string) => labelOf(scene.items[scene.indexOf.get(id) ?? -1]);
  return (
    <>
      <p className="sr-only" role="status">
        {said}
      </p>
      {connecting !== null && (
        <p className="absolute top-2 left-2 z-10 rounded-3 border border-accent bg-raised px-2.5 py-1 text-12 text-ink shadow-float">
          <code>{name(connecting.from)}</code>{" "}
          {connecting.target === connecting.from ? (
            "leads to: choose with the arrow keys"
          ) : (
            <>
              leads to <code>{name(connecting.target)}</code>
            </>
          )}
          <span className="text-ink-2"> · Enter connects or disconnects · Esc cancels</span>
        </p>
      )}
    </>
  );
}
