import type { Cell } from "../../ports/rows";
import type { ResultColumn } from "../result-column";
import type { ChartData, ChartPoint, ChartSeries } from "./chart-data";
import { CHART_POINTS, CHART_SERIES, type ChartSpec } from "./chart-spec";
import { chartAxis } from "./compile-chart";

/** What the statement of `compileChart` answered: series in their order, points by `x`. */
export function readChart(cells: Cell[][], spec: ChartSpec, columns: readonly ResultColumn[]): ChartData {
  const of = (fact: string) => cells.filter(([found]) => found === fact);
  const points = new Map<number, ChartPoint[]>();
  for (const [, place, , x, y] of of("point")) {
    const list = points.get(Number(place)) ?? [];
    list.push({ x: Number(x), y: Number(y) });
    points.set(Number(place), list);
  }
  const series = of("series")
    .sort(([, one], [, other]) => Number(one) - Number(other))
    .map(
      ([, place, label, , , n]): ChartSeries => ({
        name: label === null || label === undefined ? null : String(label),
        isOther: spec.series !== null && Number(place) === CHART_SERIES,
        totalPoints: Number(n),
        points: inOrder(points.get(Number(place)) ?? []),
      }),
    );
  const [total] = of("total");
  const totalCategories = Number(total?.[5] ?? 0);
  return {
    axis: chartAxis(spec, columns),
    categories: of("category")
      .sort(([, one], [, other]) => Number(one) - Number(other))
      .map(([, , label]) => (label === null || label === undefined ? null : String(label))),
    series,
    rows: Number(total?.[3] ?? 0),
    rowsLeftOut: Number(total?.[4] ?? 0),
    totalCategories,
    totalSeries: spec.series === null ? spec.y.length : Number(of("ranks")[0]?.[5] ?? 0),
    isSampled: totalCategories > CHART_POINTS || series.some(({ totalPoints }) => totalPoints > CHART_POINTS),
  };
}

/** A stretch of the axis with one point gives it twice; points of one place are drawn as one. */
function inOrder(points: ChartPoint[]): ChartPoint[] {
  const sorted = points.sort((one, other) => one.x - other.x || one.y - other.y);
  return sorted.filter((point, index) => !isSame(point, sorted[index - 1]));
}

const isSame = (one: ChartPoint, other: ChartPoint | undefined): boolean =>
  other !== undefined && one.x === other.x && one.y === other.y;
