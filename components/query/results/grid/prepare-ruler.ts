/** A tick of the row ruler: `at` in pixels from its top; minor ones have no label. */
export type RulerTick = { at: number; label: string | null };

const NEAREST_LABELS = 48;
const STEPS = [1, 2, 5];
const MINORS = 5;

/** `73.5M` for 73,500,000: as short as it stays exact. */
export function shortCount(count: number): string {
  const [size, unit] =
    count >= 1e9 ? [1e9, "B"] : count >= 1e6 ? [1e6, "M"] : count >= 1e3 ? [1e3, "k"] : [1, ""];
  return `${Number((count / size).toPrecision(6))}${unit}`;
}

/** Ticks for rows 1 to `rows` along `height` pixels: labels at round row numbers, far enough apart to be read. */
export function prepareRuler(rows: number, height: number): RulerTick[] {
  if (rows < 2 || height < 1) return [];
  const step = labelStep((rows * NEAREST_LABELS) / height);
  const minor = step >= MINORS ? step / MINORS : step;
  const ticks: RulerTick[] = [];
  for (let count = 0; count <= rows / minor; count += 1) {
    const row = count * minor;
    const isMajor = count % Math.round(step / minor) === 0;
    ticks.push({ at: (row / rows) * height, label: isMajor && row > 0 ? shortCount(row) : null });
  }
  return ticks;
}

/** The smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`. */
function labelStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const found = STEPS.find((factor) => factor * power >= least);
  return Math.max(1, found === undefined ? 10 * power : found * power);
}
