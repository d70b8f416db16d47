const WORDS: Record<string, string> = {
  not_chosen: "a branch before it chose other tasks",
  upstream_failed: "a task before it did not succeed",
  kept_current: "a task before it failed, and what is in use stays",
  out_of_time: "the pipeline's time was up",
  sibling_failed: "another item of the list failed",
};

/** Why a task was skipped, as a clause; null where nothing is known, as in a run that was cancelled. */
export const describeSkip = (because: string | null): string | null =>
  because === null ? null : (WORDS[because] ?? because.replaceAll("_", " "));
