/**
 * Places in the given order, at least `gaps[i]` after the one before, with the least weighted sum of squared
 * distances to the wishes (isotonic regression by pooling neighbours that collide).
 */
export function spreadApart(
  wishes: readonly number[],
  weights: readonly number[],
  gaps: readonly number[],
): number[] {
  const blocks: { mean: number; weight: number; size: number }[] = [];
  let offset = 0;
  const offsets = wishes.map((_, at) => {
    offset += at === 0 ? 0 : (gaps[at] ?? 0);
    return offset;
  });
  for (const [at, wish] of wishes.entries()) {
    let block = { mean: wish - (offsets[at] ?? 0), weight: weights[at] ?? 1, size: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean > block.mean; last = blocks.at(-1)) {
      const weight = last.weight + block.weight;
      const mean = (last.mean * last.weight + block.mean * block.weight) / weight;
      block = { mean, weight, size: last.size + block.size };
      blocks.pop();
    }
    blocks.push(block);
  }
  const places: number[] = [];
  for (const { mean, size } of blocks) {
    for (let left = size; left > 0; left -= 1) places.push(mean + (offsets[places.length] ?? 0));
  }
  return places;
}
