import type { TextEdit } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { invertEdits } from "../text/invert-edits";
import { lineEdits } from "../text/line-edits";
import { parseText } from "../text/parse-text";
import type { EditHistory, Outside, Step, Steps } from "./edit-history";
import { mergedEdits } from "./merged-edits";

/** What became of the text. `blocked`: others changed the same place since, so it stays, and what lies before it too. */
export type Undone =
  | { done: true; history: EditHistory; edits: TextEdit[]; kind: Step["kind"] }
  | { done: false; history: EditHistory; blocked: boolean };

/** Takes back the latest of the author's own steps. What others did since stays. */
export function undo(history: EditHistory): Undone {
  const taken = take(history.past, "inverse");
  if (taken === null) return { done: false, history, blocked: false };
  const result = carryOut(history.text, taken);
  if (result === null) return { done: false, history: { ...history, past: null }, blocked: true };
  const { text, edits, below } = result;
  const step = { ...taken.step, edits: invertEdits(history.text, edits), inverse: edits };
  const next = { text, past: below, future: { step, below: history.future } };
  return { done: true, history: next, edits, kind: step.kind };
}

/** Does again what was undone last. */
export function redo(history: EditHistory): Undone {
  const taken = take(history.future, "edits");
  if (taken === null) return { done: false, history, blocked: false };
  const result = carryOut(history.text, taken);
  if (result === null) return { done: false, history: { ...history, future: null }, blocked: true };
  const { text, edits, below } = result;
  const step = { ...taken.step, edits, inverse: invertEdits(history.text, edits) };
  const next = { text, past: { step, below: history.past }, future: below };
  return { done: true, history: next, edits, kind: step.kind };
}

/** `outside` lies above the step, the oldest first. */
type Taken = { step: Step; edits: readonly TextEdit[]; outside: Outside[]; below: Steps };

function take(steps: Steps, direction: "edits" | "inverse"): Taken | null {
  const outside: Outside[] = [];
  for (let at = steps; at !== null; at = at.below) {
    if (at.step.kind !== "outside")
      return { step: at.step, edits: at.step[direction], outside, below: at.below };
    outside.unshift(at.step);
  }
  return null;
}

/**
 * Takes the step's edits, which are against the text without what others did above it, into the text with that; what
 * others did comes to lie beneath.
 */
function carryOut(before: string, taken: Taken): { text: string; edits: TextEdit[]; below: Steps } | null {
  const { edits, outside, below } = taken;
  if (outside.length === 0) return { text: applyEdits(before, edits), edits: [...edits], below };
  const own = outside.reduceRight((text, other) => applyEdits(text, other.inverse), before);
  const stepped = applyEdits(own, edits);
  const merged = mergedEdits(own, before, stepped);
  if (!merged.ok) return null;
  const text = applyEdits(before, merged.edits);
  if (parseText(before).ok && !parseText(text).ok) return null;
  const beneath = lineEdits(stepped, text);
  const step = { kind: "outside", edits: beneath, inverse: invertEdits(stepped, beneath) } as const;
  return { text, edits: merged.edits, below: { step, below } };
}
