import * as canvas from "./acts/canvas-acts";
import { Draft } from "./acts/draft";
import * as paste from "./acts/paste-acts";
import { Refused } from "./acts/refused";
import { remove } from "./acts/remove";
import * as tasks from "./acts/task-acts";
import type { Applied, Operation } from "./operation";
import { applyEdits } from "./text/apply-edits";
import { parseText } from "./text/parse-text";
import { replacedText } from "./text/replaced-text";

/**
 * Carries out one act of an author on a pipeline's text. What the act is not about keeps its bytes. It is refused, in
 * words, where the text is broken or the act makes no sense there.
 */
export function applyOperation(text: string, operation: Operation): Applied {
  if (operation.kind === "replace_text") return replaced(text, operation.text);
  if (operation.kind === "import") return imported(text, operation.text);
  const parsed = parseText(text);
  if (!parsed.ok) {
    const { line, message } = parsed.mistake;
    return { ok: false, message: `The text is broken at line ${line}: ${message}. Mend it there first.` };
  }
  try {
    const draft = new Draft(text, parsed.root);
    const made = carryOut(draft, operation);
    const edits = draft.editor.edits();
    return { ok: true, text: applyEdits(text, edits), edits, made };
  } catch (refusal) {
    if (refusal instanceof Refused) return { ok: false, message: refusal.message };
    throw refusal;
  }
}

function replaced(text: string, typed: string): Applied {
  return { ok: true, text: typed, edits: replacedText(text, typed), made: [] };
}

function imported(text: string, brought: string): Applied {
  const parsed = parseText(brought);
  if (parsed.ok) return replaced(text, brought);
  const { line, message } = parsed.mistake;
  return { ok: false, message: `What was imported is broken at line ${line}: ${message}.` };
}

function carryOut(
  draft: Draft,
  operation: Exclude<Operation, { kind: "replace_text" | "import" }>,
): string[] {
  switch (operation.kind) {
    case "add_task":
      return tasks.addTask(draft, operation);
    case "remove":
      return remove(draft, operation);
    case "rename_task":
      return tasks.renameTask(draft, operation);
    case "connect":
      return tasks.connect(draft, operation);
    case "disconnect":
      return tasks.disconnect(draft, operation);
    case "set_config":
      return tasks.setConfig(draft, operation);
    case "set_task_field":
      return tasks.setTaskField(draft, operation);
    case "set_field":
      return tasks.setField(draft, operation);
    case "move":
      return canvas.move(draft, operation);
    case "align":
      return canvas.align(draft, operation);
    case "auto_layout":
      return canvas.autoLayout(draft, operation);
    case "group":
      return canvas.group(draft, operation);
    case "rename_group":
      return canvas.renameGroup(draft, operation);
    case "collapse":
      return canvas.collapse(draft, operation);
    case "add_comment":
      return canvas.addComment(draft, operation);
    case "edit_comment":
      return canvas.editComment(draft, operation);
    case "paste":
      return paste.paste(draft, operation);
    case "duplicate":
      return paste.duplicate(draft, operation);
  }
}
