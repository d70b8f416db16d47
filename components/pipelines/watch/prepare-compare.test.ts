import { describe, expect, it } from "vitest";
import { prepareCompare } from "./prepare-compare";

describe("prepareCompare", () => {
  it("tells both and the difference, and leaves out what neither has", () => {
    const side = { state: "succeeded", ms: 4_000, attempts: 1, rows: null, metrics: { wape: 0.25 } } as const;
    const after = { ...side, ms: 2_500, metrics: { wape: 0.3, mae: 2 } };
    expect(prepareCompare({ taskId: "a", before: side, after })).toEqual([
      { label: "duration", before: "4.0 s", after: "2.5 s", difference: "\u22121.5 s" },
      { label: "attempts", before: "1", after: "1", difference: "" },
      { label: "wape", before: "0.2500", after: "0.3000", difference: "+0.0500" },
      { label: "mae", before: "none", after: "2.0000", difference: "" },
    ]);
    expect(prepareCompare({ taskId: "a", before: null, after: { ...side, metrics: {} } })[0]).toMatchObject({
      before: "none",
      after: "4.0 s",
    });
  });
});
