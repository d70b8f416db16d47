import { isEqualJson } from "../../../shared/is-equal-json";
import type { TextEdit } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { JsonEditor } from "../text/json-editor";
import { lineEdits } from "../text/line-edits";
import { jsonOf, parseText } from "../text/parse-text";
import { transformEdits } from "../text/transform-edits";
import { type EditConflict, mergeDocuments } from "./merge-documents";

/** `isShared`: at some place both made the same change. */
type MergedEdits =
  | { ok: true; edits: TextEdit[]; isShared: boolean }
  | { ok: false; conflicts: EditConflict[] };

/** Edits of `mine` that bring in what leads from `base` to `theirs`. By lines, comments and layout included, where that says what it should; by values otherwise. */
export function mergedEdits(base: string, mine: string, theirs: string): MergedEdits {
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
