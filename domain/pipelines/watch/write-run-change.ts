import type { RunChange } from "./run-change";

/** A change as plain JSON, its times as texts; `readRunChange` reads it. For a large run typed values cost ten times as much. */
export const writeRunChange = (change: RunChange): string => JSON.stringify(change);
