/** Numbers that follow from a seed alone: a test that failed once fails again. */
export type Random = {
  /** 0 to `below` - 1. */
  whole(below: number): number;
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  some<T>(from: readonly T[]): T[];
};

export function random(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  // Mulberry32, by Tommy Ettinger; in the public domain.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number) => Math.floor(next() * below);
  return {
    whole,
    chance: (share) => next() < share,
    pick: (from) => from[whole(from.length)] as (typeof from)[number],
    some: (from) => from.filter(() => next() < 0.4),
  };
}
