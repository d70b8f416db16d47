import { isNumber } from "@/domain/query/compile/column-kind";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { axisText } from "./prepare-column";

/** The smallest and the largest value of a column with a histogram, short enough to stand under it; else null. */
export function rangeWords(profile: ColumnProfile): { low: string; high: string } | null {
  const first = profile.histogram[0];
  const last = profile.histogram.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = last.to - first.from;
  const words = (value: number) => axisText(value, profile, span);
  return { low: words(first.from), high: words(greatest(profile) ?? last.to) };
}

/** Bars of whole numbers and days may end behind the greatest. */
function greatest({ kind, largest }: ColumnProfile): number | null {
  if (largest === null) return null;
  if (isNumber(kind)) return finite(Number(largest));
  // Days before our era are written otherwise.
  const isDay = kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(largest);
  return isDay ? finite(Date.parse(largest) * 1000) : null;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
