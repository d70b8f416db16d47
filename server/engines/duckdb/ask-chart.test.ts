import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ChartSpec } from "../../../domain/query/compile/chart-spec";
import { compileChart } from "../../../domain/query/compile/compile-chart";
import { withinView } from "../../../domain/query/compile/compile-view";
import { readChart } from "../../../domain/query/compile/read-chart";
import type { ResultColumn } from "../../../domain/query/result-column";
import { ResultView } from "../../../domain/query/result-view";
import { type Asked, COLUMNS, inThePage, MANY, makeResults, onServer } from "./result-engines";

describe.each([
  ["the server's DuckDB", onServer],
  ["the page's DuckDB", inThePage],
])("charts, on %s", (_, open) => {
  let engine: Asked;
  beforeAll(async () => {
    engine = await open();
    await makeResults(engine);
  });
  afterAll(() => engine.close());

  const chart = async (input: unknown, columns: ResultColumn[], table = "result") => {
    const spec = ChartSpec.parse(input);
    const sql = compileChart(spec, columns).replaceAll("FROM result", `FROM ${table}`);
    return readChart(await engine.ask(sql), spec, columns);
  };

  it("keeps the extremes of a line that it thins out", async () => {
    const line = { kind: "line", x: 0, y: [{ column: 2, aggregate: "none" }] };
    const drawn = await chart(line, MANY, "many.result");
    const [series] = drawn.series;
    expect(drawn).toMatchObject({ axis: "number", isSampled: true, rows: 100_000, rowsLeftOut: 0 });
    expect(series).toMatchObject({ name: "wave", totalPoints: 100_000 });
    expect(series?.points.length).toBeGreaterThan(1_500);
    expect(series?.points.length).toBeLessThanOrEqual(2_000);
    expect(series?.points).toContainEqual({ x: 77_777, y: 1000 });
    expect(
      series?.points.every(({ x }, index, points) => index === 0 || x >= (points[index - 1]?.x ?? 0)),
    ).toBe(true);
    const dots = await chart({ ...line, kind: "scatter" }, MANY, "many.result");
    expect(dots.series[0]?.points.length).toBeLessThanOrEqual(2_000);
    expect(dots.series[0]?.points).toContainEqual({ x: 77_777, y: 1000 });
  });

  it("adds up by day and by series, the small ones as other", async () => {
    const spec = { kind: "line", x: 3, bucket: "month", y: [{ column: 0, aggregate: "count" }], series: 1 };
    const drawn = await chart(spec, MANY, "many.result");
    expect(drawn).toMatchObject({ axis: "time", isSampled: false, totalSeries: 9 });
    expect(drawn.series.map(({ name, isOther }) => (isOther ? "other" : name))).toEqual([
      "s0",
      "s1",
      "s2",
      "s3",
      "s4",
      "s5",
      "other",
    ]);
    const total = drawn.series.flatMap(({ points }) => points).reduce((sum, { y }) => sum + y, 0);
    expect(total).toBe(100_000);
    expect(drawn.series[0]?.points.map(({ x }) => new Date(x).toISOString().slice(0, 10))).toEqual([
      "2026-01-01",
      "2026-02-01",
      "2026-03-01",
    ]);
  });

  it("draws categories, NULL among them, in the order asked for", async () => {
    const bars = { kind: "bar", x: 1, y: [{ column: 2, aggregate: "sum" }], sort: "y_descending" };
    const drawn = await chart(bars, COLUMNS);
    expect(drawn).toMatchObject({ axis: "category", rows: 5, rowsLeftOut: 1, totalCategories: 4 });
    expect(drawn.categories).toEqual(["IT", "it's", 'Žluť "q", %_', null]);
    expect(drawn.series[0]?.points.map(({ x, y }) => [x, Math.round(y * 10) / 10])).toEqual([
      [0, 3],
      [1, 1],
      [2, 0],
      [3, -2.5],
    ]);
    const counted = await chart({ kind: "bar", x: 6, y: [{ column: null, aggregate: "count" }] }, COLUMNS);
    expect(counted.categories).toEqual(["true", "false", null]);
    expect(counted.series).toMatchObject([
      {
        name: "rows",
        points: [
          { x: 0, y: 3 },
          { x: 1, y: 1 },
          { x: 2, y: 1 },
        ],
      },
    ]);
  });

  it("draws several measures, each with its own aggregate", async () => {
    const y = [
      { column: 3, aggregate: "max" },
      { column: null, aggregate: "count" },
    ];
    const drawn = await chart({ kind: "bar", x: 5, y }, COLUMNS);
    expect(drawn.axis).toBe("time");
    expect(drawn.series.map(({ name, points }) => [name, points.length])).toEqual([
      ["max of share", 1],
      ["rows", 3],
    ]);
    expect(drawn.series[0]?.points[0]?.y).toBe(0.5);
  });

  it("draws nothing of a result without rows, and leaves out what is not finite", async () => {
    const line = { kind: "line", x: 4, y: [{ column: 3, aggregate: "none" }] };
    expect(await chart(line, COLUMNS, "empty.result")).toMatchObject({
      rows: 0,
      series: [],
      isSampled: false,
    });
    const drawn = await chart(line, COLUMNS);
    expect(drawn).toMatchObject({ rows: 5, rowsLeftOut: 3 });
    expect(drawn.series[0]?.points).toHaveLength(2);
    const view = ResultView.parse({ filters: [{ column: 6, operator: "=", value: true }] });
    const spec = ChartSpec.parse(line);
    const seen = readChart(
      await engine.ask(withinView(compileChart(spec, COLUMNS), view, COLUMNS)),
      spec,
      COLUMNS,
    );
    expect(seen).toMatchObject({ rows: 3, rowsLeftOut: 1 });
  });
});
