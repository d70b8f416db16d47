import type { DiffLine } from "@/domain/shared/diff-lines";

export type SideLine = { number: number; text: string; isChanged: boolean };
/** One row of two texts beside each other; null where that side has no line for it. */
export type SidePair = { left: SideLine | null; right: SideLine | null };

/** Lines that went stand beside lines that came in their place. */
export function prepareSideBySide(lines: DiffLine[]): SidePair[] {
  const pairs: SidePair[] = [];
  let [left, right] = [0, 0];
  let gone: SideLine[] = [];
  let come: SideLine[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1)
      pairs.push({ left: gone[at] ?? null, right: come[at] ?? null });
    [gone, come] = [[], []];
  };
  for (const { kind, text } of lines) {
    if (kind === "removed") gone.push({ number: ++left, text, isChanged: true });
    else if (kind === "added") come.push({ number: ++right, text, isChanged: true });
    else {
      flush();
      const same = { text, isChanged: false };
      pairs.push({ left: { ...same, number: ++left }, right: { ...same, number: ++right } });
    }
  }
  flush();
  return pairs;
}
