import type { RunStatus } from "@/domain/shared/run-status";

/** A stretch of the text: UTF-16 offsets, the end behind the last letter. */
export type TextRange = { start: number; end: number };

/** Something wrong in the text, at the engine's own place. */
export type EditorProblem = TextRange & { message: string; hint: string | null };

/**
 * How a statement that was run stands, beside its first line. `key` is the key of its tracked place. What runs has taken
 * the time since then, in milliseconds of the browser's clock; null where there is no time to tell.
 */
export type RunMark = {
  key: string;
  sql: string;
  state: RunStatus;
  elapsed: { ms: number | null } | { since: number };
};

/** What the page may ask of the editor, whichever draws it. Offsets are of the text as it is now. */
export type EditorHandle = {
  text: () => string;
  /** The cursor, and the selection where there is one. */
  cursor: () => number;
  selection: () => TextRange | null;
  /** One step of undo. The cursor goes behind the last change. */
  replace: (range: TextRange, text: string) => void;
  insert: (text: string) => void;
  select: (range: TextRange) => void;
  focus: () => void;
  /** Follows a stretch of the text through later edits, under `key`. */
  track: (key: string, range: TextRange) => void;
  /** Where a stretch is by now; null where it is gone or was never followed in this text. */
  placeOf: (key: string) => TextRange | null;
  forget: (key: string) => void;
  nextProblem: () => void;
};
