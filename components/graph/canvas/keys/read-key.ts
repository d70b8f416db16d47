import type { Way } from "../scene/walk";

export type FlowCommand =
  | { do: "walk" | "extend"; way: Way }
  /** Moves what is selected, by one step of the grid or by eight. */
  | { do: "push"; way: Way; steps: 1 | 8 }
  | { do: "first" | "last" | "open" | "toggle" | "connect" | "cancel" | "remove" | "selectAll" }
  | { do: "duplicate" | "undo" | "redo" | "search" | "zoomIn" | "zoomOut" | "fit" | "fitSelection" }
  | { do: "problem"; by: 1 | -1 };

type Key = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

const WAYS: Record<string, Way> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

const PLAIN: Record<string, FlowCommand> = {
  Home: { do: "first" },
  End: { do: "last" },
  Enter: { do: "open" },
  " ": { do: "toggle" },
  c: { do: "connect" },
  C: { do: "connect" },
  Escape: { do: "cancel" },
  Delete: { do: "remove" },
  Backspace: { do: "remove" },
  "/": { do: "search" },
  "+": { do: "zoomIn" },
  "=": { do: "zoomIn" },
  "-": { do: "zoomOut" },
  "0": { do: "fit" },
  "1": { do: "fitSelection" },
};

const WITH_CONTROL: Record<string, FlowCommand> = {
  a: { do: "selectAll" },
  d: { do: "duplicate" },
  z: { do: "undo" },
  y: { do: "redo" },
};

/** The meaning of a key on the canvas. Copy, cut and paste are not here: the browser has events for them. */
export function readKey(pressed: Key): FlowCommand | null {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = pressed;
  if (key === "F8") return { do: "problem", by: shiftKey ? -1 : 1 };
  if (ctrlKey || metaKey) return altKey ? null : withControl(key.toLowerCase(), shiftKey);
  const way = WAYS[key];
  if (way !== undefined) return arrow(way, pressed);
  return altKey ? null : (PLAIN[key] ?? null);
}

function withControl(letter: string, isShifted: boolean): FlowCommand | null {
  return letter === "z" && isShifted ? { do: "redo" } : (WITH_CONTROL[letter] ?? null);
}

function arrow(way: Way, { altKey, shiftKey }: Key): FlowCommand {
  if (altKey) return { do: "push", way, steps: shiftKey ? 8 : 1 };
  return { do: shiftKey ? "extend" : "walk", way };
}
