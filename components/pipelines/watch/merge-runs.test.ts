import { describe, expect, it } from "vitest";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { hasGap, mergeRuns } from "./merge-runs";

const run = (number: number, status = "succeeded") => ({ id: `r${number}`, number, status }) as RunSummary;
const span = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_run, index) => run(from - index));

describe("the history of runs", () => {
  it("has each run once, as it was read last, newest first", () => {
    const merged = mergeRuns([run(5, "running"), run(4)], [run(4, "queued"), ...span(3, 1)]);
    expect(merged.map(({ number, status }) => `${number} ${status}`)).toEqual([
      "5 running",
      "4 succeeded",
      "3 succeeded",
      "2 succeeded",
      "1 succeeded",
    ]);
  });

  it("notices where runs are missing between the two readings", () => {
    expect(hasGap(span(50, 11), span(20, 1))).toBe(false);
    expect(hasGap(span(60, 21), span(20, 1))).toBe(false);
    expect(hasGap(span(61, 22), span(20, 1))).toBe(true);
    expect(hasGap([], span(20, 1))).toBe(false);
    expect(hasGap(span(50, 1), [])).toBe(false);
  });
});
