"use client";

import { useEffect, useRef } from "react";
import { commandOf, type EditorCommands } from "../editor/editor-commands";

/** The keys of the room, wherever in it the focus is; those inside the text are taken by the editor before. */
export function useQueryKeys(commands: EditorCommands): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    // The keyboard, for the whole document.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]") !== null) return;
      const command = commandOf(event);
      if (command === null) return;
      event.preventDefault();
      latest.current[command]();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
