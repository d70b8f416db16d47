import { type EditHistory, startHistory } from "@/domain/pipelines/edit/history/edit-history";
import type { EditConflict } from "@/domain/pipelines/edit/history/merge-documents";
import { perform } from "@/domain/pipelines/edit/history/perform";
import { rebaseHistory } from "@/domain/pipelines/edit/history/rebase-history";
import { typeIn } from "@/domain/pipelines/edit/history/type-in";
import { redo, type Undone, undo } from "@/domain/pipelines/edit/history/undo";
import type { Operation, TextEdit } from "@/domain/pipelines/edit/operation";
import { replacedText } from "@/domain/pipelines/edit/text/replaced-text";

type Stored = { text: string; revision: number };

export type DraftState = {
  history: EditHistory;
  /** The text that the server holds, as far as this page knows, and its revision. */
  saved: string;
  revision: number;
  /** Places that this author and somebody else changed in different ways; null where there are none. */
  conflicts: { places: EditConflict[]; theirs: Stored } | null;
  /** What the last act made, to be selected. */
  made: readonly string[];
  /** The field that the last act set, and when: the next key in it is one step with it. */
  field: { name: string; atMs: number } | null;
  /** Why the last act changed nothing, in words. `count` tells one from the next. */
  refused: { message: string; count: number } | null;
};

export type DraftAct =
  | { type: "perform"; operation: Operation; atMs: number }
  | { type: "typed"; edits: readonly TextEdit[]; atMs: number }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "saved"; text: string; revision: number }
  | { type: "took_in"; stored: Stored }
  | { type: "settled"; whose: "mine" | "theirs" }
  | { type: "restarted"; stored: Stored };

export const startDraft = ({ text, revision }: Stored): DraftState => ({
  history: startHistory(text),
  saved: text,
  revision,
  conflicts: null,
  made: [],
  field: null,
  refused: null,
});

/** Changes of one field that follow each other faster are undone together. */
const PAUSE_MS = 1_000;

function fieldOf(operation: Operation): string | null {
  if (operation.kind === "set_config" || operation.kind === "set_task_field")
    return `${operation.kind} ${operation.id} ${operation.pointer}`;
  return operation.kind === "set_field" ? `set_field ${operation.pointer}` : null;
}

function performed(state: DraftState, operation: Operation, atMs: number): DraftState {
  const name = fieldOf(operation);
  const goesOn = name !== null && state.field?.name === name && atMs - state.field.atMs < PAUSE_MS;
  const isOnTop = goesOn && state.history.past?.step.kind === operation.kind;
  const before = isOnTop ? undo(state.history).history : state.history;
  const { history, applied } = perform(before, operation, atMs);
  if (!applied.ok) return refuse(state, applied.message);
  return { ...state, history, made: applied.made, field: name === null ? null : { name, atMs } };
}

export function draftReducer(state: DraftState, act: DraftAct): DraftState {
  switch (act.type) {
    case "perform":
      return performed(state, act.operation, act.atMs);
    case "typed":
      return { ...state, history: typeIn(state.history, act.edits, act.atMs), made: [], field: null };
    case "undo":
      return afterUndo(state, undo(state.history), "undo");
    case "redo":
      return afterUndo(state, redo(state.history), "redo");
    case "saved":
      return { ...state, saved: act.text, revision: act.revision };
    case "took_in":
      return takeIn(state, act.stored);
    case "settled":
      return settle(state, act.whose);
    case "restarted":
      return startDraft(act.stored);
  }
}

const refuse = (state: DraftState, message: string): DraftState => ({
  ...state,
  refused: { message, count: (state.refused?.count ?? 0) + 1 },
});

function afterUndo(state: DraftState, undone: Undone, word: string): DraftState {
  if (undone.done) return { ...state, history: undone.history, made: [], field: null };
  const message = `Somebody else changed the same place since: there is nothing to ${word} before it.`;
  return undone.blocked ? refuse({ ...state, history: undone.history }, message) : state;
}

function takeIn(state: DraftState, theirs: Stored): DraftState {
  if (theirs.revision <= state.revision) return state;
  const rebased = rebaseHistory(state.history, state.saved, theirs.text);
  if (!rebased.ok) return { ...state, conflicts: { places: rebased.conflicts, theirs } };
  return { ...state, history: rebased.history, saved: theirs.text, revision: theirs.revision };
}

/** With one's own text the next save replaces theirs; with theirs one's own text can be brought back by undo. */
function settle(state: DraftState, whose: "mine" | "theirs"): DraftState {
  if (state.conflicts === null) return state;
  const { theirs } = state.conflicts;
  const known = { ...state, conflicts: null, saved: theirs.text, revision: theirs.revision };
  if (whose === "mine") return known;
  const edits = replacedText(state.history.text, theirs.text);
  return { ...known, history: typeIn(state.history, edits, Number.MAX_SAFE_INTEGER) };
}
