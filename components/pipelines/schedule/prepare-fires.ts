export type ShownFire = {
  key: string;
  /** On the clock of the schedule's zone: `Sun 29 Mar 2026, 03:00`. */
  inZone: string;
  inUtc: string;
};

/** Fire times on two clocks. */
export const prepareFires = (fires: readonly Date[], timeZone: string): ShownFire[] =>
  fires.map((fire) => ({
    key: fire.toISOString(),
    inZone: clockText(fire, timeZone),
    inUtc: clockText(fire, "UTC"),
  }));

function clockText(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}, ${parts.hour}:${parts.minute}`;
}
