import { applyOperation } from "../apply-operation";
import type { Applied, Operation } from "../operation";
import { invertEdits } from "../text/invert-edits";
import type { EditHistory } from "./edit-history";

/** Carries out an operation and remembers it. What was undone before cannot be redone behind it. */
export function perform(
  history: EditHistory,
  operation: Operation,
  atMs: number,
): { history: EditHistory; applied: Applied } {
  const applied = applyOperation(history.text, operation);
  if (!applied.ok || applied.edits.length === 0) return { history, applied };
  const { text, edits } = applied;
  const step = { kind: operation.kind, edits, inverse: invertEdits(history.text, edits), atMs };
  return { history: { text, past: { step, below: history.past }, future: null }, applied };
}
