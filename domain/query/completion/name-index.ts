import { matchName, wordsOf } from "./match-name";

/** Names that are looked at for one answer: enough for a good one, few enough to be quick. */
const LOOKED_AT = 600;
const SLIPS_FROM = 4;
/** With fewer answers than this, slips of the hand are forgiven. */
const FEW = 5;
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_";
/** Names that one slip may add. */
const PER_SLIP = 8;

export type NameIndex = {
  /** Places of the best names for what was typed, best first. */
  search(typed: string, limit: number): number[];
};

/** Texts in their order, and for the text at `i` the places `places[starts[i]]` to `places[starts[i + 1]]`. */
type Sorted = { keys: string[]; starts: Uint32Array; places: Uint32Array };

/** An index over distinct names; the time of an answer hardly grows with their number. */
export function nameIndex(names: string[]): NameIndex {
  const byName = sortedBy(names, (name) => [name.toLowerCase()]);
  const byWord = sortedBy(names, (name) => wordsOf(name).slice(1));
  const byInitials = sortedBy(names, (name) => [
    wordsOf(name)
      .map((word) => word[0])
      .join(""),
  ]);
  return {
    search(typed, limit) {
      const wanted = typed.toLowerCase();
      if (wanted === "") return [];
      const found = new Set<number>();
      collect(byName, wanted, found, LOOKED_AT);
      collect(byWord, wanted, found, found.size + LOOKED_AT);
      collect(byInitials, wanted, found, found.size + LOOKED_AT);
      const [first = ""] = wordsOf(wanted);
      if (first.length < wanted.length) collect(byName, first, found, found.size + LOOKED_AT);
      if (found.size < FEW && wanted.length >= SLIPS_FROM)
        collect(byName, wanted.slice(0, SLIPS_FROM - 1), found, LOOKED_AT);
      const ranked = rank(names, typed, found, limit);
      if (ranked.length >= FEW || wanted.length < SLIPS_FROM) return ranked;
      const slipped = new Set<number>();
      for (const other of slips(wanted)) collect(byName, other, slipped, slipped.size + PER_SLIP);
      const more = rank(names, typed, slipped, limit).filter((place) => !found.has(place));
      return [...ranked, ...more].slice(0, limit);
    },
  };
}

/** Two passes, so that only the distinct texts are ever kept. */
function sortedBy(names: string[], textsOf: (name: string) => string[]): Sorted {
  const counts = new Map<string, number>();
  for (const name of names) for (const text of textsOf(name)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const keys = [...counts.keys()].sort();
  const starts = new Uint32Array(keys.length + 1);
  const next = counts;
  for (const [index, key] of keys.entries()) {
    const start = starts[index] as number;
    starts[index + 1] = start + (counts.get(key) as number);
    next.set(key, start);
  }
  const places = new Uint32Array(starts[keys.length] as number);
  for (const [place, name] of names.entries()) {
    for (const text of textsOf(name)) {
      const at = next.get(text) as number;
      places[at] = place;
      next.set(text, at + 1);
    }
  }
  return { keys, starts, places };
}

function lowerBound(keys: string[], wanted: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function collect(
  { keys, starts, places }: Sorted,
  beginning: string,
  found: Set<number>,
  upTo: number,
): void {
  for (let at = lowerBound(keys, beginning); found.size < upTo && keys[at]?.startsWith(beginning); at += 1) {
    const end = starts[at + 1] as number;
    for (let each = starts[at] as number; each < end && found.size < upTo; each += 1)
      found.add(places[each] as number);
  }
}

const rank = (names: string[], typed: string, found: Set<number>, limit: number): number[] =>
  [...found]
    .map((place) => ({ place, score: matchName(typed, names[place] as string) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ place }) => place);

/** What may have been meant: one letter left out, one too many, one wrong, two swapped; the first letter is taken to be right or swapped. */
function* slips(typed: string): Iterable<string> {
  for (let at = 0; at < typed.length; at += 1) {
    const head = typed.slice(0, at);
    const tail = typed.slice(at + 1);
    if (at + 1 < typed.length) yield `${head}${typed[at + 1]}${typed[at]}${typed.slice(at + 2)}`;
    if (at === 0) continue;
    yield head + tail;
    for (const letter of LETTERS) {
      yield head + letter + typed.slice(at);
      yield head + letter + tail;
    }
  }
}
