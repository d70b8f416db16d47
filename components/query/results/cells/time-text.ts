const DAY_SECONDS = 86_400n;

const pad = (value: number | bigint, digits = 2): string => String(value).padStart(digits, "0");

/** Days since 1970-01-01 as `2026-11-21`, in the proleptic Gregorian calendar; years before 1 as `0044-03-15 (BC)`. */
export function dateText(days: number): string {
  if (days >= 2_147_483_647) return "infinity";
  if (days <= -2_147_483_647) return "-infinity";
  const { year, month, day } = civil(days);
  const rest = `-${pad(month)}-${pad(day)}`;
  return year > 0 ? `${pad(year, 4)}${rest}` : `${pad(1 - year, 4)}${rest} (BC)`;
}

/** Howard Hinnant's days_from_civil, turned round: eras of 400 years that begin in March. */
function civil(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** A fraction of a second: nothing where it is zero, else 3, 6 or 9 digits, as few as lose nothing. */
function fractionText(nanos: bigint): string {
  if (nanos === 0n) return "";
  const digits = pad(nanos, 9);
  if (digits.endsWith("000000")) return `.${digits.slice(0, 3)}`;
  return digits.endsWith("000") ? `.${digits.slice(0, 6)}` : `.${digits}`;
}

/** Units of `perSecond` since midnight as `06:41:07.123`. */
export function timeText(value: bigint, perSecond: bigint): string {
  const seconds = value / perSecond;
  const nanos = (value % perSecond) * (1_000_000_000n / perSecond);
  return `${pad(seconds / 3600n)}:${pad((seconds / 60n) % 60n)}:${pad(seconds % 60n)}${fractionText(nanos)}`;
}

/**
 * Units of `perSecond` since the epoch as `2026-11-21 06:41:07.123456`; with a zone the clock of that zone and its distance
 * from UTC: `2026-11-21 01:41:07-05:00`.
 */
export function timestampText(value: bigint, perSecond: bigint, zone: string | null): string {
  if (value === 9_223_372_036_854_775_807n) return "infinity";
  if (value <= -9_223_372_036_854_775_807n) return "-infinity";
  const instant = floorDiv(value, perSecond);
  const offset = zone === null ? 0 : zoneOffsetSeconds(zone, Number(instant) * 1000);
  const local = value + BigInt(offset) * perSecond;
  const seconds = floorDiv(local, perSecond);
  const day = floorDiv(seconds, DAY_SECONDS);
  const ofDay = local - day * DAY_SECONDS * perSecond;
  return `${dateText(Number(day))} ${timeText(ofDay, perSecond)}${zone === null ? "" : offsetText(offset)}`;
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const rest = size % 60 === 0 ? "" : `:${pad(size % 60)}`;
  return `${seconds < 0 ? "-" : "+"}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}${rest}`;
}

const OFFSET = /([+-])(\d\d):?(\d\d)(?::(\d\d))?/;
const clocks = new Map<string, Intl.DateTimeFormat | null>();

function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  let clock: Intl.DateTimeFormat | null = null;
  try {
    clock = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    // A zone that this browser does not know: its instants are shown in UTC, and say so.
  }
  clocks.set(zone, clock);
  return clock;
}

/** How far a zone's clock is ahead of UTC at an instant, in seconds. */
function zoneOffsetSeconds(zone: string, atMs: number): number {
  if (/^(UTC|Etc\/UTC|Z|GMT)$/i.test(zone)) return 0;
  const fixed = /^[+-]\d\d:?\d\d$/.test(zone) ? zone : null;
  const inRange = Math.max(-8.64e15, Math.min(8.64e15, atMs));
  const text =
    fixed ??
    clockOf(zone)
      ?.formatToParts(inRange)
      .find(({ type }) => type === "timeZoneName")?.value ??
    "";
  const [, sign, hours, minutes, seconds = "0"] = OFFSET.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

const plural = (count: number, unit: string): string => `${count} ${unit}${Math.abs(count) === 1 ? "" : "s"}`;

/** Months, days and nanoseconds as `1 year 2 months 3 days 04:05:06.789`; they do not add up, so they stay apart. */
export function intervalText(months: number, days: number, nanos: bigint): string {
  const years = Math.trunc(months / 12);
  const parts = [
    years === 0 ? "" : plural(years, "year"),
    months % 12 === 0 ? "" : plural(months % 12, "month"),
    days === 0 ? "" : plural(days, "day"),
  ].filter((part) => part !== "");
  if (nanos !== 0n || parts.length === 0) {
    parts.push(`${nanos < 0n ? "-" : ""}${timeText(nanos < 0n ? -nanos : nanos, 1_000_000_000n)}`);
  }
  return parts.join(" ");
}
