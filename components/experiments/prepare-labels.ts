const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** `18 Dec` for milliseconds of a day's midnight UTC. */
export const dayOfMonth = (at: number): string => SHORT.format(new Date(at));
