import { describe, expect, it } from "vitest";
import { mergeResults, reportMarkdown, shown } from "./report";

const machine = { cores: 2, processor: "test", memoryBytes: 24 * 1024 ** 3, load1: 0.5, node: "v20.19.0" };
const measure = (name: string, value: number | null, reached: boolean) => ({
  name,
  title: `The ${name}`,
  unit: "ratio" as const,
  goal: 1.2,
  value,
  reached,
  at: "2030-01-02T03:04:05.000Z",
  machine,
  note: "A note.",
  samples: { bareMs: [1, 2, 3] },
});

describe("the report of the benchmarks", () => {
  it("says of each measure whether its goal was reached", () => {
    const text = reportMarkdown({ measures: [measure("fast", 1.1, true), measure("slow", 1.31, false)] });
    expect(text).toContain("| The fast | 1.10 × | ≤ 1.20 × | reached |");
    expect(text).toContain("| The slow | 1.31 × | ≤ 1.20 × | not reached |");
  });

  it("does not pass off a measure that failed as a figure", () => {
    const failed = { ...measure("broken", null, false), failure: "ray is not offered here" };
    const text = reportMarkdown({ measures: [failed] });
    expect(text).toContain("| The broken | not measured | ≤ 1.20 × | not measured |");
    expect(text).toContain("Not measured: ray is not offered here");
  });

  it("replaces a measure taken again, keeps the others, and orders them", () => {
    const previous = { measures: [measure("b", 2, false), measure("a", 1, true)] };
    const merged = mergeResults(previous, [measure("b", 1.1, true)], ["a", "b", "c"]);
    expect(merged.measures.map(({ name, value }) => [name, value])).toEqual([
      ["a", 1],
      ["b", 1.1],
    ]);
  });

  it("shows seconds, milliseconds and kilobytes in their own form", () => {
    expect(shown(3.456, "s")).toBe("3.46 s");
    expect(shown(0.25, "s")).toBe("250 ms");
    expect(shown(180.04, "kB")).toBe("180.0 kB");
    expect(shown(Number.NaN, "s")).toBe("not measured");
  });
});
