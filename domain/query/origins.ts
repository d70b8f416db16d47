import type { TextPlace } from "./text-place";

/**
 * Where stretches of a text that was made from another one stem from, ascending: [start here, start there, length
 * there]. A stretch ends where the next one starts.
 */
export type Origins = [number, number, number][];

/** The offset in the earlier text that an offset in the later one stems from. */
export function originOf(origins: Origins, offset: number): number {
  const found = stretchAt(origins, offset);
  if (found === undefined) return offset;
  const [here, there, length] = found;
  return there + Math.max(0, Math.min(offset - here, length));
}

/** The last stretch that starts at an offset or before it, else the first. */
function stretchAt(origins: Origins, offset: number): Origins[number] | undefined {
  let low = 0;
  let high = origins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((origins[middle]?.[0] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return origins[low - 1] ?? origins[0];
}

/** Origins of a text in the first one of three, through the one between them. */
export function throughOrigins(later: Origins, earlier: Origins): Origins {
  let next = 0;
  return later.flatMap(([here, there, length]) => {
    // A stretch may hold several of the earlier ones: it is cut where each of them starts.
    while (next > 0 && (earlier[next - 1]?.[0] ?? 0) > there) next -= 1;
    while (next < earlier.length && (earlier[next]?.[0] ?? 0) <= there) next += 1;
    const cuts = [there];
    for (; next < earlier.length && (earlier[next]?.[0] ?? 0) < there + length; next += 1)
      cuts.push(earlier[next]?.[0] ?? 0);
    return cuts.map((cut, index): Origins[number] => [
      here + cut - there,
      originOf(earlier, cut),
      lengthOf(earlier, cut, (cuts[index + 1] ?? there + length) - cut),
    ]);
  });
}

/** How much of the first text `[start, start + length)` of the middle one stems from; no cut lies within. */
function lengthOf(earlier: Origins, start: number, length: number): number {
  const [, there = 0, whole = 0] = stretchAt(earlier, start) ?? [];
  return Math.min(length, there + whole - originOf(earlier, start));
}

/** The text with stretches of it, ascending and apart, replaced. */
export function replaceStretches(
  text: string,
  stretches: { start: number; end: number; by: string }[],
): { text: string; origins: Origins } {
  const origins: Origins = [];
  const parts: string[] = [];
  let length = 0;
  let position = 0;
  const add = (part: string, from: number, until: number) => {
    if (part === "") return;
    origins.push([length, from, until - from]);
    parts.push(part);
    length += part.length;
  };
  for (const { start, end, by } of stretches) {
    add(text.slice(position, start), position, start);
    add(by, start, end);
    position = end;
  }
  add(text.slice(position), position, text.length);
  return { text: parts.join(""), origins };
}

const WORD = /(?:"(?:[^"]|"")+"|[\p{L}\p{N}_$]+)(?:\.(?:"(?:[^"]|"")+"|[\p{L}\p{N}_$]+))*|[^\s]/uy;

/** The name (all its parts from there on), word or sign at an offset of a text, for a squiggle below it; a stretch of 0 at its end. */
export function placeAt(text: string, offset: number): TextPlace {
  const at = Math.max(0, Math.min(offset, text.length));
  WORD.lastIndex = at;
  const length = WORD.exec(text)?.[0].length ?? 0;
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  let line = 1;
  for (let next = before.indexOf("\n"); next !== -1; next = before.indexOf("\n", next + 1)) line += 1;
  return { offset: at, length, line, column: at - lineStart + 1 };
}
