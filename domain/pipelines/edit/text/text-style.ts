/** How a text is laid out, so that what is added looks like the rest. */
export type TextStyle = {
  /** One level of indentation. */
  unit: string;
  eol: string;
  /** Between a key and its value, and between two values on one line. */
  colon: string;
  comma: string;
  /** The whole text is one line. */
  isOneLine: boolean;
};

/** Reads the style off a text; what it does not show is two spaces and line feeds. */
export function textStyle(text: string): TextStyle {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const isOneLine = !/[\r\n]/.test(text.trim());
  const isTight = isOneLine && /"\s*:\S/.test(text) && !/"\s*:\s/.test(text);
  return {
    unit: /[\r\n]([ \t]+)["[{]/.exec(text)?.[1] ?? "  ",
    eol,
    colon: isTight ? ":" : ": ",
    comma: isTight ? "," : ", ",
    isOneLine,
  };
}

/** The white space with which the line of `offset` begins. */
export function indentAt(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && !isLineEnd(text[start - 1])) start -= 1;
  let end = start;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return text.slice(start, end);
}

export const isLineEnd = (char: string | undefined): boolean => char === "\n" || char === "\r";
