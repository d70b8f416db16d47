import type { Cell } from "@/domain/ports/rows";
import { prepareCell } from "./prepare-cell";

/** One value of a table. NULL is the word in italics, an empty text says that it is one. */
export function CellValue({ value, type }: { value: Cell; type: string }) {
  const shown = prepareCell(value, type);
  if (shown.kind === "null") return <em className="text-ink-3">null</em>;
  if (shown.kind === "empty") {
    return <span className="rounded-1 border border-line-2 px-1 text-11 text-ink-3">empty text</span>;
  }
  return <>{shown.text}</>;
}
