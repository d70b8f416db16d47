export type DiffLine = { kind: "same" | "added" | "removed"; text: string };

/** Beyond this many pairs of lines the middle is given as removed and added as a whole. */
const MOST_PAIRS = 4_000_000;

/** The fewest lines that go and come between two texts (longest common subsequence), in reading order. */
export function diffLines(before: string[], after: string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const same = (text: string): DiffLine => ({ kind: "same", text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function middle(before: string[], after: string[]): DiffLine[] {
  if (before.length * after.length > MOST_PAIRS)
    return [...before.map((text) => line("removed", text)), ...after.map((text) => line("added", text))];
  const lengths = commonLengths(before, after);
  const at = (i: number, j: number) => lengths[i * (after.length + 1) + j] ?? 0;
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [gone = "", come = ""] = [before[i], after[j]];
    if (i < before.length && j < after.length && gone === come) {
      lines.push(line("same", gone));
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(line("removed", gone));
      i += 1;
    } else {
      lines.push(line("added", come));
      j += 1;
    }
  }
  return lines;
}

/** `[i * (after.length + 1) + j]`: the length of the longest common subsequence of before[i..] and after[j..]. */
function commonLengths(before: string[], after: string[]): Uint16Array {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        before[i] === after[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  return lengths;
}

const line = (kind: DiffLine["kind"], text: string): DiffLine => ({ kind, text });
