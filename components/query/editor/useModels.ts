"use client";

import type { editor as Editor } from "monaco-editor";
import { type RefObject, useEffect, useRef } from "react";
import { monacoHandle, placeOf, type Tracked } from "./editor-handle";
import type { MonacoApi } from "./load-monaco";
import type { MonacoEditorProps } from "./MonacoEditor";
import { languageOf } from "./sql-language";

type Loaded = { monaco: MonacoApi; editor: Editor.IStandaloneCodeEditor; tracked: Tracked };
type Held = { model: Editor.ITextModel; view: Editor.ICodeEditorViewState | null };

const OWNER = "engine";

/** Gives Monaco the text that is edited, with its own undo stack, cursor and problems, and takes changes from it. */
export function useModels(
  loaded: Loaded | null,
  { draftId, openIds, text, dialect, problems, label }: MonacoEditorProps,
  latest: RefObject<MonacoEditorProps>,
) {
  const held = useRef(new Map<string, Held>());
  const shown = useRef<string | null>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    // Monaco's models live outside React.
    const models = held.current;
    return () => {
      for (const { model } of models.values()) model.dispose();
      models.clear();
      shown.current = null;
      isFirst.current = true;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: later texts are followed by the effect below
  useEffect(() => {
    // Monaco shows the model of the text that is edited.
    if (loaded === null) return;
    const { monaco, editor, tracked } = loaded;
    const models = held.current;
    const before = shown.current === null ? undefined : models.get(shown.current);
    if (before !== undefined) before.view = editor.saveViewState();
    const now = models.get(draftId) ?? {
      model: monaco.editor.createModel(text, languageOf(dialect)),
      view: null,
    };
    models.set(draftId, now);
    const caret = isFirst.current ? plainCaret() : null;
    editor.setModel(now.model);
    if (now.view !== null) editor.restoreViewState(now.view);
    shown.current = draftId;
    const listener = now.model.onDidChangeContent(() => {
      latest.current.onChange(draftId, now.model.getValue());
    });
    latest.current.onReady(monacoHandle(editor, tracked));
    latest.current.onLoaded();
    takeFocus(editor, now.model, caret, isFirst.current);
    isFirst.current = false;
    return () => listener.dispose();
  }, [loaded, draftId, latest]);

  useEffect(() => {
    // A change from outside: another version was opened, or another tab of the browser was taken over.
    const model = held.current.get(draftId)?.model;
    if (loaded === null || model === undefined || model.getValue() === text) return;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  }, [loaded, draftId, text]);

  useEffect(() => {
    const model = held.current.get(draftId)?.model;
    if (loaded !== null && model !== undefined)
      loaded.monaco.editor.setModelLanguage(model, languageOf(dialect));
  }, [loaded, draftId, dialect]);

  useEffect(() => {
    loaded?.editor.updateOptions({ ariaLabel: label });
  }, [loaded, label]);

  useEffect(() => {
    // Texts that were closed.
    for (const [id, { model }] of held.current) {
      if (openIds.includes(id)) continue;
      model.dispose();
      held.current.delete(id);
    }
  }, [openIds]);

  useEffect(() => {
    // Squiggles at the places that engines named, wherever their statements are by now.
    const model = held.current.get(draftId)?.model;
    if (loaded === null || model === undefined) return;
    const markers = problems.flatMap(({ key, start, end, message, hint }) => {
      const place = placeOf(loaded.tracked, key, model);
      if (place === null) return [];
      const from = model.getPositionAt(place.start + start);
      const to = model.getPositionAt(place.start + Math.max(end, start + 1));
      return [
        {
          severity: loaded.monaco.MarkerSeverity.Error,
          message: hint === null ? message : `${message}\n${hint}`,
          startLineNumber: from.lineNumber,
          startColumn: from.column,
          endLineNumber: to.lineNumber,
          endColumn: to.column,
        },
      ];
    });
    loaded.monaco.editor.setModelMarkers(model, OWNER, markers);
  }, [loaded, draftId, problems]);
}

/** Where somebody types in the text area that Monaco is about to replace; null where nobody does. */
const plainCaret = (): number | null => {
  const area = document.activeElement;
  return area instanceof HTMLTextAreaElement ? area.selectionEnd : null;
};

function takeFocus(
  editor: Editor.IStandaloneCodeEditor,
  model: Editor.ITextModel,
  caret: number | null,
  isFirst: boolean,
): void {
  if (caret !== null) editor.setPosition(model.getPositionAt(caret));
  if (caret !== null || !isFirst) editor.focus();
}
