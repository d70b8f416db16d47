import type { Cell } from "@/domain/ports/rows";
import { prepareCell } from "./prepare-cell";

export type CellValueProps = {
  value: Cell;
  type: string;
  /** On a ground that is not a panel's, where ink alone has contrast enough. */
  isOnColour?: boolean;
};

/** One value of a table. NULL is the word in italics, an empty text says that it is one. */
export function CellValue({ value, type, isOnColour = false }: CellValueProps) {
  const shown = prepareCell(value, type);
  const tone = isOnColour ? "text-ink" : "text-ink-3";
  if (shown.kind === "null") return <em className={tone}>null</em>;
  if (shown.kind === "empty") {
    return <span className={`rounded-1 border border-line-2 px-1 text-11 ${tone}`}>empty text</span>;
  }
  return <>{shown.text}</>;
}
