import type { editor as Editor, IRange } from "monaco-editor";
import type { EditorHandle, TextRange } from "./editor-types";

const rangeOf = (model: Editor.ITextModel, { start, end }: TextRange): IRange => {
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
};

/** Stretches of each text that are followed, by their keys: ids of Monaco's decorations. */
export type Tracked = Map<string, { model: Editor.ITextModel; id: string }>;

const NEVER_GROWS = 1;

/** The editor as the page sees it. */
export function monacoHandle(editor: Editor.IStandaloneCodeEditor, tracked: Tracked): EditorHandle {
  const model = () => editor.getModel() as Editor.ITextModel;
  const replace = (range: TextRange, text: string) => {
    editor.pushUndoStop();
    editor.executeEdits("query", [{ range: rangeOf(model(), range), text, forceMoveMarkers: true }]);
    editor.pushUndoStop();
  };
  const selection = (): TextRange | null => {
    const chosen = editor.getSelection();
    if (chosen === null || chosen.isEmpty()) return null;
    return {
      start: model().getOffsetAt(chosen.getStartPosition()),
      end: model().getOffsetAt(chosen.getEndPosition()),
    };
  };
  const cursor = () => {
    const position = editor.getPosition();
    return position === null ? 0 : model().getOffsetAt(position);
  };
  return {
    text: () => model().getValue(),
    cursor,
    selection,
    replace,
    insert: (text) => {
      replace(selection() ?? { start: cursor(), end: cursor() }, text);
      editor.focus();
    },
    select: (range) => {
      editor.setSelection(rangeOf(model(), range));
      editor.revealRangeInCenterIfOutsideViewport(rangeOf(model(), range));
      editor.focus();
    },
    focus: () => editor.focus(),
    track: (key, range) => {
      const before = tracked.get(key);
      if (before !== undefined && !before.model.isDisposed()) before.model.deltaDecorations([before.id], []);
      const decoration = {
        range: rangeOf(model(), range),
        options: { description: "statement", stickiness: NEVER_GROWS },
      };
      const [id = ""] = model().deltaDecorations([], [decoration]);
      tracked.set(key, { model: model(), id });
    },
    placeOf: (key) => placeOf(tracked, key, model()),
    forget: (key) => {
      const found = tracked.get(key);
      if (found !== undefined && !found.model.isDisposed()) found.model.deltaDecorations([found.id], []);
      tracked.delete(key);
    },
    nextProblem: () => {
      editor.focus();
      editor.trigger("query", "editor.action.marker.next", null);
    },
  };
}

/** Where a followed stretch is in `model` now; null where it was deleted or belongs to another text. */
export function placeOf(tracked: Tracked, key: string, model: Editor.ITextModel): TextRange | null {
  const found = tracked.get(key);
  const range = found?.model === model ? model.getDecorationRange(found.id) : null;
  if (range === null) return null;
  const start = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn });
  const end = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn });
  return start === end ? null : { start, end };
}
