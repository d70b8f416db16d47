import { isEqualJson } from "../../../shared/is-equal-json";
import type { TextEdit } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { JsonEditor } from "../text/json-editor";
import { lineEdits } from "../text/line-edits";
import { jsonOf, parseText } from "../text/parse-text";
import { transformEdits } from "../text/transform-edits";
import type { EditHistory } from "./edit-history";
import { type EditConflict, mergeDocuments } from "./merge-documents";

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
  const step = { kind: "outside", edits } as const;
  const text = applyEdits(history.text, edits);
  const future = history.future === null ? null : { step, below: history.future };
  return { ok: true, edits, history: { text, past: { step, below: past }, future } };
}

type MergedEdits =
  | { ok: true; edits: TextEdit[]; isShared: boolean }
  | { ok: false; conflicts: EditConflict[] };

/** Edits of `mine`. By lines, comments and layout included, where that says what it should; by values otherwise. */
function mergedEdits(base: string, mine: string, theirs: string): MergedEdits {
  const byLines = transformEdits(lineEdits(base, theirs), lineEdits(base, mine), true);
  const [from, own, other] = [base, mine, theirs].map(parseText);
  if (!from?.ok || !own?.ok || !other?.ok) {
    if (byLines !== null) return { ok: true, edits: byLines, isShared: false };
    return { ok: false, conflicts: [{ pointer: "", task: null, base, mine, theirs }] };
  }
  const { merged, conflicts, isShared } = mergeDocuments(
    jsonOf(from.root),
    jsonOf(own.root),
    jsonOf(other.root),
  );
  if (conflicts.length > 0) return { ok: false, conflicts };
  if (byLines !== null && says(applyEdits(mine, byLines), merged))
    return { ok: true, edits: byLines, isShared };
  const editor = new JsonEditor(mine, own.root);
  editor.set([], merged);
  return { ok: true, edits: editor.edits(), isShared };
}

function says(text: string, value: unknown): boolean {
  const parsed = parseText(text);
  return parsed.ok && isEqualJson(jsonOf(parsed.root), value);
}
