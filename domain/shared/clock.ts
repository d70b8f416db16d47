/** The present, as an argument: a test passes its own. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
