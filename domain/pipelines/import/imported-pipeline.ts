/** What another tool's text said that has no place here. */
export type NotMapped = {
  /** The part of the text: a task, the schedule, a line. */
  where: string;
  /** What stands there. */
  what: string;
  /** Why it was left, or what to do about it. */
  why: string;
};

/** A pipeline as it came out. It is a draft: what the text did not say is missing still, and shows as a problem. */
export type ImportedPipeline = {
  document: Record<string, unknown>;
  notMapped: NotMapped[];
  /** All pipelines of the text by their names, where it holds several; this is one of them. */
  choices?: string[];
};
