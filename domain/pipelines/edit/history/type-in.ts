import type { TextEdit } from "../operation";
import { applyEdits } from "../text/apply-edits";
import { invertEdits } from "../text/invert-edits";
import type { EditHistory, Step } from "./edit-history";

/** Typing that pauses longer becomes a step of its own. */
const PAUSE_MS = 1_000;

/** Remembers what somebody typed into the text; keystrokes that follow each other are one step. */
export function typeIn(history: EditHistory, edits: readonly TextEdit[], atMs: number): EditHistory {
  if (edits.length === 0) return history;
  const text = applyEdits(history.text, edits);
  const step: Step = { kind: "typing", edits, inverse: invertEdits(history.text, edits), atMs };
  const last = history.past?.step;
  const whole = last?.kind === "typing" && history.future === null ? coalesced(last, step) : null;
  if (whole !== null)
    return { text, past: { step: whole, below: history.past?.below ?? null }, future: null };
  return { text, past: { step, below: history.past }, future: null };
}

/** Two steps as one, where the second goes on at the place of the first; null otherwise. */
function coalesced(first: Step, second: Step): Step | null {
  const [done, undone, next] = [first.edits[0], first.inverse[0], second.edits[0]];
  const [taken] = second.inverse;
  const isSingle = first.edits.length === 1 && second.edits.length === 1;
  if (!isSingle || !done || !undone || !next || !taken || second.atMs - first.atMs > PAUSE_MS) return null;
  const end = done.offset + done.content.length;
  const nextEnd = next.offset + next.length;
  if (nextEnd < done.offset || next.offset > end) return null;
  const before = taken.content.slice(0, Math.max(0, done.offset - next.offset));
  const behind = taken.content.slice(taken.content.length - Math.max(0, nextEnd - end));
  const behindOf = nextEnd > end ? behind : "";
  const kept = done.content.slice(0, Math.max(0, next.offset - done.offset));
  const rest = done.content.slice(Math.max(0, nextEnd - done.offset));
  const gone = before + undone.content + behindOf;
  const content = kept + next.content + rest;
  const offset = Math.min(done.offset, next.offset);
  return {
    kind: "typing",
    edits: [{ offset, length: gone.length, content }],
    inverse: [{ offset, length: content.length, content: gone }],
    atMs: second.atMs,
  };
}
