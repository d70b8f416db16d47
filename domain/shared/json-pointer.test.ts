import { expect, it } from "vitest";
import { pointerSteps, toPointer } from "./json-pointer";

it("keeps names that a pointer must escape", () => {
  expect(toPointer(["a/b", "c~d", 0])).toBe("/a~1b/c~0d/0");
  expect(pointerSteps("/a~1b/c~0d/0")).toEqual(["a/b", "c~d", "0"]);
  expect(pointerSteps(toPointer(["~1", "/~0", ""]))).toEqual(["~1", "/~0", ""]);
});

it("has no step for the whole", () => {
  expect(toPointer([])).toBe("");
  expect(pointerSteps("")).toEqual([]);
});
