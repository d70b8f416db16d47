import type { TextEdit } from "../operation";

/** One edit from a text to another: what lies between their equal beginnings and ends. None where they are equal. */
export function replacedText(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail += 1;
  return [
    { offset: head, length: before.length - tail - head, content: after.slice(head, after.length - tail) },
  ];
}
