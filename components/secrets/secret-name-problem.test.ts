import { describe, expect, it } from "vitest";
import { secretNameProblem } from "./secret-name-problem";

describe("secretNameProblem", () => {
  it("takes names that a document can write", () => {
    expect(secretNameProblem("SHOPIFY_API_KEY")).toBeNull();
    expect(secretNameProblem("_x1")).toBeNull();
  });

  it.each([
    ["", "Write a name"],
    ["1A", "Begin with a letter"],
    ["A-B", "letters, digits and _ only"],
    ["A".repeat(101), "this has 101"],
  ])("refuses %s and says why", (name, part) => {
    expect(secretNameProblem(name)).toContain(part);
  });
});
