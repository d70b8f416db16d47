/** How often ties between neighbouring rows cross (Barth, Jünger, Mutzel 2002: inversions by a tree of sums). */
export function countCrossings(
  rows: readonly (readonly number[])[],
  down: readonly number[][],
  place: Float64Array,
): number {
  let crossings = 0;
  for (const [at, row] of rows.entries()) {
    const width = rows[at + 1]?.length ?? 0;
    if (width > 0) crossings += crossingsBelow(row, width, down, place);
  }
  return crossings;
}

function crossingsBelow(
  row: readonly number[],
  width: number,
  down: readonly number[][],
  place: Float64Array,
): number {
  const sums = new Int32Array(width + 1);
  let [seen, crossings] = [0, 0];
  for (const node of row) {
    const ends = (down[node] ?? []).map((one) => Math.min(place[one] ?? 0, width - 1) + 1);
    for (const end of ends) {
      crossings += seen;
      for (let index = end; index > 0; index -= index & -index) crossings -= sums[index] ?? 0;
    }
    for (const end of ends) {
      for (let index = end; index <= width; index += index & -index) sums[index] = (sums[index] ?? 0) + 1;
    }
    seen += ends.length;
  }
  return crossings;
}
