import type { EditorHandle, TextRange } from "./editor-types";

/** A textarea as the page sees an editor. It follows no later edits: places are where they were. */
export function plainHandle(area: HTMLTextAreaElement, onChange: (text: string) => void): EditorHandle {
  const places = new Map<string, TextRange>();
  const replace = ({ start, end }: TextRange, text: string) => {
    area.focus();
    area.setRangeText(text, start, end, "end");
    onChange(area.value);
  };
  const selection = () =>
    area.selectionStart === area.selectionEnd ? null : { start: area.selectionStart, end: area.selectionEnd };
  return {
    text: () => area.value,
    cursor: () => area.selectionEnd,
    selection,
    replace,
    insert: (text) => replace({ start: area.selectionStart, end: area.selectionEnd }, text),
    select: ({ start, end }) => {
      area.focus();
      area.setSelectionRange(start, end);
    },
    focus: () => area.focus(),
    track: (key, range) => places.set(key, range),
    placeOf: (key) => places.get(key) ?? null,
    forget: (key) => places.delete(key),
    nextProblem: () => undefined,
  };
}
