import type { GridSize, Place } from "./selection";

export type GridKey = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

/** What a key of the grid asks for. */
export type GridAct =
  | { kind: "move"; to: Place; isExtending: boolean }
  | { kind: "copy" | "inspect" | "select_all" | "select_row" | "select_column" | "close" }
  | { kind: "sort"; isMore: boolean }
  | { kind: "menu" }
  | { kind: "resize" | "reorder"; step: 1 | -1 };

export type KeyContext = { active: Place; size: GridSize; rowsAPage: number };

/** The act of a key, or null where it is not the grid's. On the head, Shift resizes and Ctrl moves the column. */
export function readGridKey(key: GridKey, context: KeyContext): GridAct | null {
  const isCommand = key.ctrlKey || key.metaKey;
  if (key.altKey) return key.key === "ArrowDown" && !isCommand ? { kind: "menu" } : null;
  if (key.key === "ContextMenu" || (key.key === "F10" && key.shiftKey)) return { kind: "menu" };
  if (context.active.row < 0) {
    const act = headAct(key, isCommand);
    if (act !== null) return act;
  }
  return commandAct(key, isCommand) ?? moveAct(key, isCommand, context);
}

function headAct(key: GridKey, isCommand: boolean): GridAct | null {
  if (key.key === "Enter" || (key.key === " " && !isCommand)) return { kind: "sort", isMore: key.shiftKey };
  const step = key.key === "ArrowLeft" ? -1 : key.key === "ArrowRight" ? 1 : null;
  if (step === null) return null;
  if (key.shiftKey && !isCommand) return { kind: "resize", step };
  return isCommand && !key.shiftKey ? { kind: "reorder", step } : null;
}

function commandAct(key: GridKey, isCommand: boolean): GridAct | null {
  switch (key.key) {
    case "c":
    case "C":
      return isCommand && !key.shiftKey ? { kind: "copy" } : null;
    case "a":
    case "A":
      return isCommand && !key.shiftKey ? { kind: "select_all" } : null;
    case " ":
      if (isCommand) return { kind: "select_column" };
      return key.shiftKey ? { kind: "select_row" } : null;
    case "Enter":
    case "F2":
      return isCommand ? null : { kind: "inspect" };
    case "Escape":
      return { kind: "close" };
    default:
      return null;
  }
}

function moveAct(key: GridKey, isCommand: boolean, { active, size, rowsAPage }: KeyContext): GridAct | null {
  const target = targetOf(key.key, isCommand, active, size, rowsAPage);
  if (target === null) return null;
  const to = {
    row: Math.min(Math.max(-1, target.row), size.rows - 1),
    column: Math.min(Math.max(0, target.column), size.columns - 1),
  };
  return { kind: "move", to, isExtending: key.shiftKey };
}

function targetOf(
  key: string,
  isCommand: boolean,
  { row, column }: Place,
  size: GridSize,
  rowsAPage: number,
): Place | null {
  const page = Math.max(1, rowsAPage);
  switch (key) {
    case "ArrowDown":
      return { row: isCommand ? size.rows - 1 : row + 1, column };
    case "ArrowUp":
      return { row: isCommand ? 0 : row - 1, column };
    case "ArrowRight":
      return { row, column: isCommand ? size.columns - 1 : column + 1 };
    case "ArrowLeft":
      return { row, column: isCommand ? 0 : column - 1 };
    case "PageDown":
      return { row: row + page, column };
    case "PageUp":
      return { row: Math.max(0, row - page), column };
    case "Home":
      return { row: isCommand ? 0 : row, column: 0 };
    case "End":
      return { row: isCommand ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return null;
  }
}
