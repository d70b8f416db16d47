import { describe, expect, it } from "vitest";
import { nameOfTitle } from "../list/name-of-title";
import { draftProblem } from "./draft-problem";
import { moved } from "./moved";

describe("moved", () => {
  it.each([
    [0, 1, "bac"],
    [2, -1, "acb"],
    [0, -1, "abc"],
    [2, 5, "abc"],
  ])("place %i by %i", (place, by, expected) => {
    expect(moved([..."abc"], place, by).join("")).toBe(expected);
  });
});

describe("draftProblem", () => {
  const query = { type: "query" as const, title: "", sql: "SELECT 1" };
  it("names the first thing that is missing", () => {
    expect(draftProblem({ title: " ", blocks: [] })).toContain("title");
    expect(draftProblem({ title: "T", blocks: [{ ...query, sql: " " }] })).toContain("block 1");
    expect(
      draftProblem({ title: "T", blocks: [{ ...query, chart: { kind: "bar", x: "a", y: [] } }] }),
    ).toContain("columns");
    expect(draftProblem({ title: "T", blocks: [query] })).toBeNull();
  });
});

describe("nameOfTitle", () => {
  it.each([
    ["Weekly sales, 2026", "weekly-sales-2026"],
    ["  Größe & Menge  ", "größe-menge"],
    ["!!!", ""],
  ])("of %j is %j", (title, name) => {
    expect(nameOfTitle(title)).toBe(name);
  });
});
