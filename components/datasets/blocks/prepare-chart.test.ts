import { describe, expect, it } from "vitest";
import { prepareChart } from "./prepare-chart";

const columns = [
  { name: "day", type: "DATE" },
  { name: "sold", type: "DECIMAL(12,2)" },
  { name: "shop", type: "VARCHAR" },
];
const draw = (y: string[], rows: (string | number | null)[][] = [["2026-01-01", "1.50", "a"]]) =>
  prepareChart({ columns, rows }, { kind: "line", x: "day", y });

describe("prepareChart", () => {
  it("draws numbers that came as text, and leaves gaps for what is none", () => {
    expect(
      draw(
        ["sold"],
        [
          ["2026-01-01", "1.50", "a"],
          ["2026-01-02", null, "b"],
          ["2026-01-03", "NaN", "c"],
        ],
      ),
    ).toEqual({
      kind: "chart",
      series: ["sold"],
      points: [
        { x: "2026-01-01", values: [1.5] },
        { x: "2026-01-02", values: [null] },
        { x: "2026-01-03", values: [null] },
      ],
      leftOut: 0,
    });
  });

  it("names the columns that the result lacks or that are no numbers", () => {
    expect(draw(["price"])).toEqual({ kind: "problem", message: "The result has no column price." });
    expect(draw(["shop"])).toMatchObject({ kind: "problem" });
  });

  it("says how many rows it does not draw", () => {
    const rows = Array.from({ length: 2_005 }, (_, i) => [String(i), i, "a"]);
    const prepared = draw(["sold"], rows);
    expect(prepared).toMatchObject({ kind: "chart", leftOut: 5 });
  });
});
