import { expect, it } from "vitest";
import { diffLines } from "@/domain/shared/diff-lines";
import { prepareSideBySide } from "./prepare-side-by-side";

const shown = (before: string[], after: string[]) =>
  prepareSideBySide(diffLines(before, after)).map(({ left, right }) =>
    [left, right].map((side) =>
      side === null ? "" : `${side.number}${side.isChanged ? "*" : " "}${side.text}`,
    ),
  );

it("puts two texts beside each other, changes in the same rows", () => {
  expect(shown(["a", "b", "c"], ["a", "B", "c", "d"])).toEqual([
    ["1 a", "1 a"],
    ["2*b", "2*B"],
    ["3 c", "3 c"],
    ["", "4*d"],
  ]);
  expect(shown(["a", "b"], ["b"])).toEqual([
    ["1*a", ""],
    ["2 b", "1 b"],
  ]);
  expect(shown([], [])).toEqual([]);
});
