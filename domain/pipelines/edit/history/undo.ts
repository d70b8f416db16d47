import type { TextEdit } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { invertEdits } from "../text/invert-edits";
import { parseText } from "../text/parse-text";
import { transformEdits } from "../text/transform-edits";
import type { EditHistory, Outside, Step, Steps } from "./edit-history";

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

/** Brings the step's edits above what others did, and that below the step. */
function carryOut(before: string, taken: Taken): { text: string; edits: TextEdit[]; below: Steps } | null {
  let edits = [...taken.edits];
  let { below } = taken;
  for (const other of taken.outside) {
    const above = transformEdits(edits, other.edits, true);
    const beneath = transformEdits(other.edits, edits, false);
    if (above === null || beneath === null) return null;
    edits = above;
    below = { step: { kind: "outside", edits: beneath }, below };
  }
  const text = applyEdits(before, edits);
  const breaks = taken.outside.length > 0 && parseText(before).ok && !parseText(text).ok;
  return breaks ? null : { text, edits, below };
}
