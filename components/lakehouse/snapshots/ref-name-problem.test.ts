import { describe, expect, it } from "vitest";
import { refNameProblem } from "./ref-name-problem";

describe("refNameProblem", () => {
  it.each(["audit", "wap_weather-fix.2", "9lives", "žluť"])("takes %s", (name) => {
    expect(refNameProblem(name, ["main"])).toBeNull();
  });

  it.each([
    ["", /Write a name/],
    ["main", /taken/],
    ["-x", /beginning/],
    ["a b", /letters/],
    ["x".repeat(101), /100/],
  ])("refuses %j", (name, problem) => {
    expect(refNameProblem(name, ["main"])).toMatch(problem);
  });
});
