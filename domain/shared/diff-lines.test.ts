import { describe, expect, it } from "vitest";
import { diffLines } from "./diff-lines";

const shown = (before: string, after: string) =>
  diffLines([...before], [...after]).map(
    ({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`,
  );

describe("diffLines", () => {
  it.each([
    ["abc", "abc", [" a", " b", " c"]],
    ["abc", "axc", [" a", "-b", "+x", " c"]],
    ["", "ab", ["+a", "+b"]],
    ["ab", "", ["-a", "-b"]],
    ["aabb", "ab", [" a", "-a", "-b", " b"]],
    ["abcd", "bcde", ["-a", " b", " c", " d", "+e"]],
  ])("from %j to %j", (before, after, expected) => {
    expect(shown(before, after)).toEqual(expected);
  });

  it("gives both texts back, whatever they are", () => {
    let seed = 7;
    const next = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return "abcd"[seed % 4] ?? "a";
    };
    for (let round = 0; round < 50; round += 1) {
      const before = Array.from({ length: round % 9 }, next);
      const after = Array.from({ length: (round * 3) % 11 }, next);
      const lines = diffLines(before, after);
      const side = (without: string) => lines.filter(({ kind }) => kind !== without).map(({ text }) => text);
      expect(side("added")).toEqual(before);
      expect(side("removed")).toEqual(after);
    }
  });
});
