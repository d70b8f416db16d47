import { randomOf } from "../../../domain/pipelines/interpreter/scripted/scripted-run";
import type { Victim } from "../kill-plan";

export type StormVictim = Victim | "temporal";

/** After `afterMs`, the first of `order` that runs is killed. */
export type Strike = { afterMs: number; order: StormVictim[] };

/** How often each is struck first, in the long run. */
const WEIGHTS: [StormVictim, number][] = [
  ["worker", 4],
  ["database", 3],
  ["web", 2],
  ["lake", 2],
  ["ray head", 1],
];
const SHORTEST_MS = 2_000;
const LONGEST_MS = 6_000;

/** Strikes without an end, the same for the same seed; Temporal is among the victims where it `carries` the runs. */
export function* stormPlan(seed: number, { carries }: { carries: boolean }): Generator<Strike, never> {
  const random = randomOf(seed);
  const weights: typeof WEIGHTS = carries ? [...WEIGHTS, ["temporal", 3]] : WEIGHTS;
  for (;;) {
    const afterMs = Math.round(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
    // Greater weights come first more often: the exponential race.
    const order = weights
      .map(([victim, weight]) => ({ victim, at: -Math.log(1 - random()) / weight }))
      .sort((a, b) => a.at - b.at)
      .map(({ victim }) => victim);
    yield { afterMs, order };
  }
}
