const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The cron of something that comes every so many seconds, counted from midnight; undefined where no cron says it. */
export function cronOfSpan(seconds: number): string | undefined {
  if (seconds === 7 * DAY) return "0 0 * * 0";
  if (seconds === DAY) return "0 0 * * *";
  if (seconds % HOUR === 0 && seconds < DAY && 24 % (seconds / HOUR) === 0)
    return seconds === HOUR ? "0 * * * *" : `0 */${seconds / HOUR} * * *`;
  if (seconds % MINUTE === 0 && seconds < HOUR && 60 % (seconds / MINUTE) === 0)
    return seconds === MINUTE ? "* * * * *" : `*/${seconds / MINUTE} * * * *`;
  return undefined;
}
