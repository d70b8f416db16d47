import { isLineEnd } from "./text-style";

/** Where the comment at `at` ends, its line end not included; `at` itself where there is none. */
function commentEnd(text: string, at: number): number {
  if (text.startsWith("//", at)) {
    let end = at;
    while (end < text.length && !isLineEnd(text[end])) end += 1;
    return end;
  }
  if (text.startsWith("/*", at)) {
    const close = text.indexOf("*/", at + 2);
    return close === -1 ? text.length : close + 2;
  }
  return at;
}

/** The comma that follows behind white space and comments, or -1. */
export function commaAfter(text: string, from: number): number {
  let at = from;
  for (;;) {
    const char = text[at];
    if (char === ",") return at;
    if (char === " " || char === "\t" || isLineEnd(char)) at += 1;
    else {
      const end = commentEnd(text, at);
      if (end === at) return -1;
      at = end;
    }
  }
}

/**
 * The end of what belongs to the line of `from`: behind comments that stand on it, at its line end. `from` itself
 * where something else follows on the line.
 */
export function restOfLine(text: string, from: number): number {
  let at = from;
  for (;;) {
    const char = text[at];
    if (isLineEnd(char)) return at;
    if (char === " " || char === "\t") at += 1;
    else {
      const end = commentEnd(text, at);
      if (end === at) return from;
      at = end;
    }
  }
}

export const hasLineEnd = (text: string, from: number, to: number): boolean =>
  /[\r\n]/.test(text.slice(from, to));
