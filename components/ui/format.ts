/** U+2212, as wide as a plus sign. */
const MINUS = "\u2212";

/** What stands where there is no value: the caller shows it in ink-3 italics. */
export const NOTHING = "null";

/** By decimals. To make one takes much longer than to use it. */
const grouped = new Map<number, Intl.NumberFormat>();

function groupedBy(fractionDigits: number): Intl.NumberFormat {
  const made = grouped.get(fractionDigits);
  if (made !== undefined) return made;
  const next = new Intl.NumberFormat("en-US", {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
  grouped.set(fractionDigits, next);
  return next;
}

const days = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** 14203114 → `14,203,114`. Always `fractionDigits` decimals, a true minus. Not a number → `null`. */
export function formatNumber(value: number | null | undefined, fractionDigits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return groupedBy(fractionDigits).format(value).replace("-", MINUS);
}

/** A share 0–1 as per cent: 0.131 → `13.1 %`. */
export function formatShare(share: number | null | undefined, fractionDigits = 1): string {
  const text = formatNumber(share === null || share === undefined ? share : share * 100, fractionDigits);
  return text === NOTHING ? text : `${text} %`;
}

/** A difference always has its sign: 3 → `+3`, 0 → `0`. */
export function formatDifference(value: number | null | undefined, fractionDigits = 0): string {
  const text = formatNumber(value, fractionDigits);
  return value !== null && value !== undefined && value > 0 ? `+${text}` : text;
}

/** 1536 → `1.5 KiB`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return NOTHING;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = bytes;
  let unit = 0;
  while (Math.abs(size) >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${formatNumber(size, unit === 0 || size >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** How long: 190 → `0.19 s`, 12,400 → `12.4 s`, 252,000 → `4 min 12 s`, 7,500,000 → `2 h 5 min`. Milliseconds in. */
export function formatDuration(durationMs: number | null | undefined): string {
  if (durationMs === null || durationMs === undefined || !Number.isFinite(durationMs)) return NOTHING;
  const ms = Math.max(0, durationMs);
  if (ms < 995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return joined(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return joined(Math.floor(hours / 24), "d", hours % 24, "h");
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** How long ago, seen from `now`: `just now`, `40 s ago`, `3 min ago`, `2 h ago`, `5 d ago`, then the date. */
export function formatAge(at: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 24 * 3600) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 30 * 24 * 3600) return `${Math.floor(seconds / (24 * 3600))} d ago`;
  return formatDay(at);
}

/** `3 Feb 2027`, in UTC. */
export function formatDay(at: Date): string {
  return days.format(at);
}

/** `3 Feb 2027, 06:41:07`, in UTC; write the zone once per view. */
export function formatInstant(at: Date): string {
  return `${formatDay(at)}, ${formatClock(at)}`;
}

/** `06:41:07`, in UTC. */
export function formatClock(at: Date): string {
  return at.toISOString().slice(11, 19);
}

/** `1 run`, `3 runs`, `1,204 rows`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
