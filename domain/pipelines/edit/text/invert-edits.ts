import type { TextEdit } from "../operation";

/** The edits that lead from the text after `edits` back to `text`. */
export function invertEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return edits.map(({ offset, length, content }) => {
    const inverse = {
      offset: offset + shift,
      length: content.length,
      content: text.slice(offset, offset + length),
    };
    shift += content.length - length;
    return inverse;
  });
}
