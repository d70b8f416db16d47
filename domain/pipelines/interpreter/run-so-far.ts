import type { RunEvent } from "./run-event";

/** What a run that rests needs to go on, beside its plan. It is JSON. */
export type RunSoFar = {
  /** All that happened, in its order. */
  events: readonly RunEvent[];
  /** Pauses before an attempt that have not ended. Times are milliseconds since 1970. */
  pauses: readonly { task: string; attempt: number; ms: number; dueAtMs: number }[];
};

/** The event without what no decision looks at: the words of an error. */
export function leanEvent(event: RunEvent): RunEvent {
  if (event.type !== "attempt_ended" || event.outcome.status !== "failed") return event;
  const error = { code: event.outcome.error.code, message: "", hint: null, detail: null };
  return { ...event, outcome: { ...event.outcome, error } };
}
