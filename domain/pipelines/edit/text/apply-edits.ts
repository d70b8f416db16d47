import type { TextEdit } from "../operation";

/** The text after `edits`, which stand in order and apart. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { offset, length, content } of edits) {
    parts.push(text.slice(from, offset), content);
    from = offset + length;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
