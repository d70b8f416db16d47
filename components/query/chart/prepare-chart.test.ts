import { describe, expect, it } from "vitest";
import type { ChartData, ChartSeries } from "@/domain/query/compile/chart-data";
import { ChartSpec } from "@/domain/query/compile/chart-spec";
import { chartNotes, chartTitle, numberWords, preparePlot } from "./prepare-chart";

const series = (change: Partial<ChartSeries>): ChartSeries => ({
  name: "a",
  isOther: false,
  totalPoints: 2,
  points: [],
  ...change,
});
const data = (change: Partial<ChartData>): ChartData => ({
  axis: "number",
  categories: [],
  series: [],
  rows: 10,
  rowsLeftOut: 0,
  totalCategories: 0,
  totalSeries: 1,
  isSampled: false,
  ...change,
});

describe("preparePlot", () => {
  it("brings the points of all series to one row for each place", () => {
    const plot = preparePlot(
      data({
        series: [
          series({
            points: [
              { x: 2, y: 5 },
              { x: 1, y: 4 },
            ],
          }),
          series({ name: null, isOther: true, points: [{ x: 2, y: -1 }] }),
        ],
      }),
      "line",
    );
    expect(plot.rows).toEqual([
      { x: 1, label: "1", s0: 4 },
      { x: 2, label: "2", s0: 5, s1: -1 },
    ]);
    expect(plot.series.map(({ name }) => name)).toEqual(["a", "other"]);
    expect(plot).toMatchObject({ isScaled: true, domain: [1, 2] });
  });

  it("begins bars at zero, and lines where they are", () => {
    const points = [
      { x: 1, y: 104 },
      { x: 2, y: 109 },
    ];
    const drawn = data({ series: [series({ points })] });
    expect(preparePlot(drawn, "bar").valueDomain).toEqual([0, 150]);
    expect(preparePlot(drawn, "line").valueDomain).toEqual([104, 109]);
    expect(preparePlot(drawn, "line").valueTicks).toEqual([104, 105, 106, 107, 108, 109]);
    expect(preparePlot(data({ series: [series({ points: [{ x: 1, y: -3 }] })] }), "bar").valueDomain).toEqual(
      [-3, 0],
    );
    expect(preparePlot(data({}), "area")).toMatchObject({ rows: [], valueDomain: [0, 1], domain: [0, 1] });
  });

  it("names categories, null and the empty text apart", () => {
    const categories = ["x", "", null];
    const points = [
      { x: 0, y: 1 },
      { x: 1, y: 1 },
      { x: 2, y: 1 },
    ];
    const plot = preparePlot(data({ axis: "category", categories, series: [series({ points })] }), "bar");
    expect(plot.rows.map(({ label }) => label)).toEqual(["x", "empty text", "null"]);
    expect(plot.isScaled).toBe(false);
  });

  it("draws 12,000 points", () => {
    const points = Array.from({ length: 2000 }, (_, x) => ({ x, y: x % 7 }));
    const six = Array.from({ length: 6 }, () => series({ points }));
    expect(preparePlot(data({ series: six }), "line").rows).toHaveLength(2000);
  });
});

describe("the words of a chart", () => {
  it("names what is measured, by what", () => {
    const columns = ["day", "revenue", "category"].map((name) => ({ name, type: "DATE" }));
    const spec = ChartSpec.parse({
      kind: "line",
      x: 0,
      bucket: "month",
      y: [{ column: 1, aggregate: "sum" }],
      series: 2,
    });
    expect(chartTitle(spec, columns)).toBe("sum of revenue by day per month, a series for each category");
  });

  it("says what is not in the picture", () => {
    expect(chartNotes(data({}))).toEqual([]);
    const left = data({
      isSampled: true,
      rowsLeftOut: 1,
      totalSeries: 9,
      series: [series({ totalPoints: 5000, points: [{ x: 1, y: 1 }] }), series({ isOther: true })],
    });
    expect(chartNotes(left)).toEqual([
      "Sampled: 1 of 5,002 points are drawn, the least and greatest of each stretch among them.",
      '8 further series are drawn as "other".',
      "1 row of 10 left out: null or not finite.",
    ]);
  });

  it("writes numbers as exactly as their size asks for", () => {
    expect([1234567, 12.345, 0.12345, 1e-9, 1e20, -5].map(numberWords)).toEqual([
      "1,234,567",
      "12.35",
      "0.1235",
      "1.00e−9",
      "1.00e+20",
      "−5",
    ]);
  });
});
