export type Seeded = { below(limit: number): number; of<T>(values: readonly T[]): T };

/** Numbers that follow from a seed (mulberry32), for generated documents. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    of: (values) => values[below(values.length)] as (typeof values)[number],
  };
}
