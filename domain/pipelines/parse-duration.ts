import { Failure } from "../shared/failure";

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a span such as `60s` or `2h`. Failures: `invalid_input`. */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    throw new Failure("invalid_input", `"${text}" is not a span of time.`, {
      hint: "Write a whole number and a unit (ms, s, m, h, d), for example 30m.",
    });
  }
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
