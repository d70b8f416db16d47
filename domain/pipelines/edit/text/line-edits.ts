import { diffLines } from "../../../shared/diff-lines";
import type { TextEdit } from "../operation";
import { replacedText } from "./replaced-text";

/** Edits from a text to another: one for each run of lines that differs, as small as it can be. */
export function lineEdits(before: string, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = 0;
  let removed = "";
  let added = "";
  const flush = () => {
    for (const edit of replacedText(removed, added)) edits.push({ ...edit, offset: offset + edit.offset });
    offset += removed.length;
    [removed, added] = ["", ""];
  };
  for (const { kind, text } of diffLines(linesOf(before), linesOf(after))) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      flush();
      offset += text.length;
    }
  }
  flush();
  return edits;
}

/** With their line ends. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
