/** The middle value; the mean of the two middle ones for an even count. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** The value below which a share of the values lies (0–1), by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error("a quantile needs a value");
  return found;
}

/** Three decimals are enough for every figure here. */
export const rounded = (value: number, decimals = 3): number => Number(value.toFixed(decimals));

/**
 * Which of two sides goes first in each of `count` pairs: A B, B A, A B, … so that a drift of the machine falls on both.
 * The result is 2 × count long.
 */
export function alternating<Side>(
  count: number,
  sides: readonly [Side, Side],
): { pair: number; side: Side }[] {
  return Array.from({ length: count }, (_, pair) => {
    const order = pair % 2 === 0 ? sides : [sides[1], sides[0]];
    return order.map((side) => ({ pair, side }));
  }).flat();
}
