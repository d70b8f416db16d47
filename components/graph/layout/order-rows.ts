import { countCrossings } from "./count-crossings";
import type { LayeredGraph } from "./layered-graph";

const SWEEPS = 12;
/** Past so many members a sweep costs more than it brings. */
const LARGE = 8_000;

/** Reorders each row by the middle of its neighbours, down and up again, and keeps the order with least crossings. */
export function orderRows({ count, up, down, rows }: LayeredGraph): number[][] {
  const place = new Float64Array(count);
  const number = (row: readonly number[]) => {
    for (const [at, node] of row.entries()) place[node] = at;
  };
  let current = rows.map((row) => [...row]);
  for (const row of current) number(row);
  let best = { rows: current, crossings: countCrossings(current, down, place) };
  const sweeps = count > LARGE ? SWEEPS / 2 : SWEEPS;
  for (let sweep = 0; sweep < sweeps && best.crossings > 0; sweep += 1) {
    const isDown = sweep % 2 === 0;
    const ties = isDown ? up : down;
    const next = current.map((row) => row);
    for (let step = 0; step < next.length; step += 1) {
      const at = isDown ? step : next.length - 1 - step;
      const row = sorted(next[at] ?? [], ties, place);
      number(row);
      next[at] = row;
    }
    current = next;
    const crossings = countCrossings(current, down, place);
    if (crossings < best.crossings) best = { rows: current, crossings };
  }
  return best.rows;
}

/** By the mean place of what each is tied to; what has no tie keeps its place. */
function sorted(row: readonly number[], ties: readonly number[][], place: Float64Array): number[] {
  const wishes = row.map((node, at) => {
    const near = ties[node] ?? [];
    let sum = 0;
    for (const one of near) sum += place[one] ?? 0;
    return { node, wish: near.length > 0 ? sum / near.length : (place[node] ?? 0), at };
  });
  return wishes.sort((one, other) => one.wish - other.wish || one.at - other.at).map(({ node }) => node);
}
