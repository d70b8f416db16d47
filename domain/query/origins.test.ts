import { describe, expect, it } from "vitest";
import { originOf, placeAt, replaceStretches, throughOrigins } from "./origins";

/** Replaces words by others, and tells where each letter stems from. */
function change(text: string, words: Record<string, string>) {
  const stretches = Object.entries(words)
    .map(([word, by]) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length, by }))
    .sort((a, b) => a.start - b.start);
  return replaceStretches(text, stretches);
}

describe("throughOrigins", () => {
  const first = "one two three four five six";
  const second = change(first, { two: "2222222", four: "4" });
  const third = change(second.text, { one: "o", three: "a longer three", six: "" });

  it("finds the place in the first text of what stands in the last", () => {
    const origins = throughOrigins(third.origins, second.origins);
    for (const [here, there] of [
      ["o", "one"],
      ["2222222", "two"],
      ["a longer three", "three"],
      ["4", "four"],
      ["five", "five"],
    ] as const) {
      expect(originOf(origins, third.text.indexOf(here))).toBe(first.indexOf(there));
    }
    expect(originOf(origins, third.text.indexOf("ive"))).toBe(first.indexOf("ive"));
  });

  it("never leaves the stretch that a replacement stands for", () => {
    const origins = throughOrigins(third.origins, second.origins);
    for (let offset = 0; offset < "2222222".length; offset += 1) {
      const found = originOf(origins, third.text.indexOf("2") + offset);
      expect(found).toBeGreaterThanOrEqual(first.indexOf("two"));
      expect(found).toBeLessThanOrEqual(first.indexOf("two") + 3);
    }
  });
});

describe("placeAt", () => {
  it.each([
    ["SELECT *\nFROM lake.sample.product p", 14, "lake.sample.product", 2, 6],
    ['SELECT * FROM lake."my schema".t', 14, 'lake."my schema".t', 1, 15],
    ["SELECT sum(x)", 10, "(", 1, 11],
    ["SELECT 1.", 7, "1", 1, 8],
    ["SELECT", 6, "", 1, 7],
  ])("marks the whole name in %j from %i", (text, offset, marked, line, column) => {
    expect(placeAt(text, offset)).toEqual({ offset, length: marked.length, line, column });
  });
});
