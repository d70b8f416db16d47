/** What an engine gives to the driver of a run. */
export interface RunHost {
  /**
   * Begins an act, whose answer is recorded: after a crash it is begun again only where no answer was. Keys are unique
   * within a run.
   */
  begin(key: string, act: () => Promise<unknown>): void;
  /** Ends after `ms`, or at `dueAtMs` (milliseconds since 1970) where that comes earlier. */
  timer(key: string, ms: number, dueAtMs: number): void;
  /**
   * What ended next of all that was begun. When a run is resumed, the same comes in the same order as before, as far as
   * anything that was recorded depends on it. Rejects where the engine ends the run.
   */
  next(): Promise<{ key: string; answer: unknown }>;
  /**
   * Whether the run should rest, to go on elsewhere: once nothing is under way, or as soon as what is under way has ended.
   * A host that is resumed says the same at the same place.
   */
  rest?(): "no" | "when_idle" | "soon";
}
