export type Shortcut =
  | { kind: "palette" }
  | { kind: "sheet" }
  | { kind: "pane"; step: 1 | -1 }
  | { kind: "prefix" }
  | { kind: "letter"; letter: string };

export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** The focus is where letters are text. */
  isTyping: boolean;
  /** A dialog, a menu or the palette is open: it has the keyboard. */
  isCovered: boolean;
};

/** What a key press means for the shell, or null. `afterPrefix`: `g` was pressed a moment ago. */
export function readShortcut(press: KeyPress, afterPrefix: boolean): Shortcut | null {
  if ((press.ctrlKey || press.metaKey) && !press.altKey && press.key.toLowerCase() === "k")
    return { kind: "palette" };
  if (press.ctrlKey || press.metaKey || press.altKey || press.isCovered) return null;
  if (press.key === "F6") return { kind: "pane", step: press.shiftKey ? -1 : 1 };
  if (press.isTyping) return null;
  if (press.key === "?") return { kind: "sheet" };
  if (afterPrefix && press.key.length === 1) return { kind: "letter", letter: press.key.toLowerCase() };
  return press.key === "g" ? { kind: "prefix" } : null;
}
