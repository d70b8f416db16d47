import { Failure } from "../../../../domain/shared/failure";

const OFFSET = /^([+-])(\d{2}):(\d{2})$/;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Milliseconds by which the zone was ahead of UTC when its clocks showed `localMs` (milliseconds since 1970 as if they
 * were UTC). Failures: `invalid_input` where they showed it twice, since Trino does not tell which of the two it was.
 */
export function zoneOffset(zone: string, localMs: number): number {
  if (zone === "UTC" || zone === "Z") return 0;
  const fixed = OFFSET.exec(zone);
  if (fixed !== null) {
    const [, sign, hours, minutes] = fixed;
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  }
  const day = 86_400_000;
  const offsets = new Set([offsetAt(zone, localMs - day), offsetAt(zone, localMs + day)]);
  const fitting = [...offsets].filter((offset) => offsetAt(zone, localMs - offset) === offset);
  const [offset] = fitting;
  if (fitting.length > 1) {
    throw new Failure(
      "invalid_input",
      `A time of the result happened twice in ${zone}, at a change of clocks.`,
      {
        hint: "Write the column AT TIME ZONE 'UTC'.",
      },
    );
  }
  return offset ?? offsetAt(zone, localMs);
}

function offsetAt(zone: string, instantMs: number): number {
  const whole = Math.floor(instantMs / 1000) * 1000;
  const fields = new Map(
    formatOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => fields.get(type) ?? 0;
  const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour") % 24, of("minute"), of("second"));
  return local - whole;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const held = formats.get(zone);
  if (held !== undefined) return held;
  try {
    const made = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, made);
    return made;
  } catch (error) {
    throw new Failure("engine_failed", `Trino named a time zone that is not known here: ${zone}.`, {
      hint: "Write the column AT TIME ZONE 'UTC'.",
      cause: error,
    });
  }
}
