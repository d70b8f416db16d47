import type { TextEdit } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { invertEdits } from "../text/invert-edits";
import type { EditHistory } from "./edit-history";
import type { EditConflict } from "./merge-documents";
import { mergedEdits } from "./merged-edits";

export type Rebased =
  | { ok: true; history: EditHistory; edits: TextEdit[] }
  | { ok: false; conflicts: EditConflict[] };

/**
 * Takes in what somebody else made of `base`, the text that both started from, below one's own steps: undoing them
 * leaves it. Where both changed one place in different ways nothing happens and the places are named; where both changed
 * one in the same way, the change is everybody's, and what lies before it is not undone any more.
 */
export function rebaseHistory(history: EditHistory, base: string, theirs: string): Rebased {
  const merged = mergedEdits(base, history.text, theirs);
  if (!merged.ok) return merged;
  const { edits } = merged;
  const past = merged.isShared ? null : history.past;
  if (edits.length === 0) return { ok: true, history: { ...history, past }, edits };
  const step = { kind: "outside", edits, inverse: invertEdits(history.text, edits) } as const;
  const text = applyEdits(history.text, edits);
  const future = history.future === null ? null : { step, below: history.future };
  return { ok: true, edits, history: { text, past: { step, below: past }, future } };
}
