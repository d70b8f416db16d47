/** Lets runs in that wait: each pipeline as many at a time as its document says, the highest priority first, then the oldest. */
export interface AdmissionStore {
  /** Marks what may start as running and returns the ids. Its cost does not depend on how many runs wait. */
  admit(at: Date): Promise<string[]>;
  /** The ids of runs that are marked as running; of those let in since then, where `since` says so. */
  runningRuns(since: Date | null): Promise<string[]>;
}
