import type { LayeredGraph } from "./layered-graph";
import { spreadApart } from "./spread-apart";

/** Room that a member takes at the left and at the right of the line that its edges run along. */
export type Reach = { left: Float64Array; right: Float64Array };

const SWEEPS = 16;
/** Bends pull harder than nodes, so that a long edge runs straight. */
const BEND_WEIGHT = 4;
/** Rows with more members are kept in the middle: in a dense graph they would drift to one side, row by row. */
const WIDE_ROW = 60;

/**
 * The x of each member's line: every row in its order, no two nearer than their reach, each as near as that allows
 * to the middle of what it is tied to.
 */
export function assignColumns(
  { count, up, down }: LayeredGraph,
  rows: readonly (readonly number[])[],
  nodes: number,
  reach: Reach,
): Float64Array {
  const gaps = rows.map((row) =>
    row.map((node, at) => (at === 0 ? 0 : (reach.right[row[at - 1] ?? 0] ?? 0) + (reach.left[node] ?? 0))),
  );
  const x = sideBySide(count, rows, gaps);
  const weights = rows.map((row) => row.map((node) => (node >= nodes ? BEND_WEIGHT : 1)));
  const both = up.map((above, node) => [...above, ...(down[node] ?? [])]);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    // The last sweeps look both ways, so that neither direction has the last word.
    const ties = sweep >= SWEEPS - 4 ? both : isDown ? up : down;
    for (let step = 0; step < rows.length; step += 1) {
      const at = isDown ? step : rows.length - 1 - step;
      settleRow(x, rows[at] ?? [], ties, weights[at] ?? [], gaps[at] ?? []);
    }
  }
  return x;
}

function settleRow(
  x: Float64Array,
  row: readonly number[],
  ties: readonly number[][],
  weights: readonly number[],
  gaps: readonly number[],
) {
  const wishes = row.map((node) => middle(x, ties[node] ?? [], node));
  const spread = spreadApart(wishes, weights, gaps);
  const shift = row.length > WIDE_ROW ? ((spread[0] ?? 0) + (spread.at(-1) ?? 0)) / 2 : 0;
  for (const [index, node] of row.entries()) x[node] = (spread[index] ?? 0) - shift;
}

/** Every row as narrow as it can be, around one middle. */
function sideBySide(count: number, rows: readonly (readonly number[])[], gaps: readonly number[][]) {
  const x = new Float64Array(count);
  for (const [at, row] of rows.entries()) {
    const width = (gaps[at] ?? []).reduce((sum, gap) => sum + gap, 0);
    let edge = -width / 2;
    for (const [index, node] of row.entries()) {
      edge += gaps[at]?.[index] ?? 0;
      x[node] = edge;
    }
  }
  return x;
}

/** The median of the neighbours' lines; its own where it has none. */
function middle(x: Float64Array, near: readonly number[], own: number): number {
  const [first = own, second = first] = near;
  if (near.length < 3) return ((x[first] ?? 0) + (x[second] ?? 0)) / 2;
  const sorted = Float64Array.from(near, (one) => x[one] ?? 0).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
