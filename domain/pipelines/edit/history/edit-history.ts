import type { Operation, TextEdit } from "../operation";

/** One entry of the history: what it did and how to take it back, each against the text at that moment. */
export type Step = {
  /** What the menu says: the operation's kind, or `typing`. */
  kind: Operation["kind"] | "typing";
  edits: readonly TextEdit[];
  inverse: readonly TextEdit[];
  /** When it was recorded, in milliseconds; typing is one step until it pauses. */
  atMs: number;
};

/** What somebody else did to the text above the steps below it. It is never undone. */
export type Outside = {
  kind: "outside";
  edits: readonly TextEdit[];
  inverse: readonly TextEdit[];
};

/** A stack whose top is `step`. */
export type Steps = { step: Step | Outside; below: Steps } | null;

/**
 * The text of a pipeline with everything that this author did to it. It is a value: each act gives a new one. It keeps
 * edits, never former texts.
 */
export type EditHistory = {
  text: string;
  /** What may be undone, the latest on top. */
  past: Steps;
  /** What may be redone. */
  future: Steps;
};

export const startHistory = (text: string): EditHistory => ({ text, past: null, future: null });
