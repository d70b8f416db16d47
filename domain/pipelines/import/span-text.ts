const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
] as const;

/** Seconds as the documents write them, in the largest unit that fits: `90s`, `2h`. At least a millisecond. */
export function spanText(seconds: number): string {
  const ms = Math.max(1, Math.round(seconds * 1_000));
  if (ms % 1_000 !== 0) return `${ms}ms`;
  const [unit, size] = UNITS.find(([, each]) => (ms / 1_000) % each === 0) ?? ["s", 1];
  return `${ms / 1_000 / size}${unit}`;
}

/** Seconds of a Go duration (`1h30m`, `10s`) or of bare digits; undefined where it is none. */
export function goSeconds(text: unknown): number | undefined {
  if (typeof text === "number") return text;
  if (typeof text !== "string") return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  const size: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (size[unit ?? ""] ?? 0),
    0,
  );
}
