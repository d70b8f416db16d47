import { cronWords, nextFires } from "@/domain/shared/cron";

export type ShownSchedule =
  | { kind: "manual" }
  | { kind: "cron"; words: string; next: string[]; zone: string }
  | { kind: "wrong"; message: string };

/** A schedule in words, with its next five times in its own zone. What cannot be read says why. */
export function prepareSchedule(schedule: unknown, now: Date): ShownSchedule {
  if (typeof schedule !== "object" || schedule === null || !("type" in schedule) || schedule.type !== "cron")
    return { kind: "manual" };
  const { expression, time_zone: zone } = schedule as { expression?: unknown; time_zone?: unknown };
  const timeZone = typeof zone === "string" && zone !== "" ? zone : "UTC";
  if (typeof expression !== "string" || expression.trim() === "")
    return { kind: "wrong", message: "Write five fields: minute, hour, day, month, weekday." };
  const cron = { type: "cron" as const, expression, time_zone: timeZone };
  try {
    const next = nextFires(cron, now, 5);
    if (next.length === 0)
      return { kind: "wrong", message: "No moment fits this expression: it would never run." };
    return {
      kind: "cron",
      words: cronWords(cron),
      next: next.map((at) => inZone(at, timeZone)),
      zone: timeZone,
    };
  } catch (error) {
    return { kind: "wrong", message: error instanceof Error ? error.message : "It cannot be read." };
  }
}

function inZone(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone,
  })
    .format(at)
    .replaceAll(",", "");
}
