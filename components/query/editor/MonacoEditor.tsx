"use client";

import type { editor as Editor } from "monaco-editor";
import { useEffect, useRef, useState } from "react";
import { splitStatements, statementAt } from "@/domain/query/split-statements";
import { commandOf } from "./editor-commands";
import type { Tracked } from "./editor-handle";
import { loadMonaco, type MonacoApi } from "./load-monaco";
import { followTheme } from "./monaco-theme";
import { RunGutter } from "./RunGutter";
import type { SqlEditorProps } from "./SqlEditor";
import { useCompletion } from "./useCompletion";
import { useModels } from "./useModels";
import "./editor.css";

const OPTIONS: Editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  accessibilitySupport: "auto",
  // The text area of old: read by every screen reader, and a text field to the keys of the shell.
  editContext: false,
  fontFamily: '"Commit Mono", ui-monospace, monospace',
  fontLigatures: false,
  fontSize: 12.5,
  lineHeight: 19,
  letterSpacing: -0.1,
  padding: { top: 6, bottom: 6 },
  minimap: { enabled: false },
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 14,
  lineNumbersMinChars: 3,
  renderLineHighlight: "none",
  scrollBeyondLastLine: false,
  overviewRulerLanes: 2,
  matchBrackets: "always",
  wordBasedSuggestions: "off",
  occurrencesHighlight: "off",
  acceptSuggestionOnEnter: "smart",
  quickSuggestions: { other: true, comments: false, strings: false },
  fixedOverflowWidgets: true,
  unicodeHighlight: { ambiguousCharacters: false },
  smoothScrolling: false,
  tabSize: 2,
  model: null,
};

export type MonacoEditorProps = SqlEditorProps & { onLoaded: () => void };

type Loaded = { monaco: MonacoApi; editor: Editor.IStandaloneCodeEditor; tracked: Tracked };

/** One Monaco for all texts, a model for each. */
export function MonacoEditor(props: MonacoEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [loaded, setLoaded] = useState<Loaded | null>(null);

  useEffect(() => {
    // Monaco, which draws into an element of its own.
    let isGone = false;
    let end: () => void = () => undefined;
    const start = (monaco: MonacoApi) => {
      if (isGone || place.current === null) return;
      const editor = monaco.editor.create(place.current, {
        ...OPTIONS,
        ariaLabel: latest.current.label,
      });
      const stopTheme = followTheme(monaco);
      end = () => {
        stopTheme();
        editor.dispose();
      };
      setLoaded({ monaco, editor, tracked: new Map() });
    };
    loadMonaco().then(start, () => undefined);
    return () => {
      isGone = true;
      end();
    };
  }, []);

  useModels(loaded, props, latest);
  useCompletion(loaded?.monaco ?? null, props.names);
  useKeys(place, latest, loaded?.editor ?? null);
  useStatementWash(loaded, props.draftId);
  const isShown = loaded !== null;
  return (
    <div className="absolute inset-0 flex" data-sql-editor={isShown ? "monaco" : "loading"}>
      {isShown && (
        <RunGutter
          draftId={props.draftId}
          editor={loaded.editor}
          marks={props.marks}
          onMark={props.onMark}
          tracked={loaded.tracked}
        />
      )}
      <div className="min-w-0 flex-1" ref={place} />
    </div>
  );
}

/** Keys are taken before Monaco sees them; those of the shell go on to the shell. */
function useKeys(
  place: React.RefObject<HTMLDivElement | null>,
  latest: React.RefObject<MonacoEditorProps>,
  editor: Editor.IStandaloneCodeEditor | null,
) {
  useEffect(() => {
    // The keyboard inside Monaco's element.
    const element = place.current;
    if (element === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isPalette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      const command = commandOf(event);
      // Monaco goes through the problems by itself.
      if (command === "problem" || (command === null && !isPalette)) return;
      event.preventDefault();
      event.stopPropagation();
      editor?.getContribution<SuggestController>("editor.contrib.suggestController")?.cancelSuggestWidget();
      if (command !== null) latest.current.commands[command]();
      else document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    };
    element.addEventListener("keydown", onKeyDown, true);
    return () => element.removeEventListener("keydown", onKeyDown, true);
  }, [place, latest, editor]);
}

/** What is used of Monaco's list of proposals, which has no types of its own. */
type SuggestController = Editor.IEditorContribution & { cancelSuggestWidget: () => void };

const LONG_TEXT = 200_000;

/** Marks the lines of the statement that the cursor means. */
function useStatementWash(loaded: Loaded | null, draftId: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other lines
  useEffect(() => {
    // Monaco's cursor and text.
    if (loaded === null) return;
    const { editor, monaco } = loaded;
    const wash = editor.createDecorationsCollection();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const model = editor.getModel();
      const cursor = editor.getPosition();
      if (model === null || cursor === null) return;
      const found = statementAt(splitStatements(model.getValue()), model.getOffsetAt(cursor));
      if (found === null) {
        wash.clear();
        return;
      }
      const from = model.getPositionAt(found.start).lineNumber;
      const to = model.getPositionAt(found.end).lineNumber;
      const options = {
        description: "statement at the cursor",
        isWholeLine: true,
        className: "sql-statement",
        marginClassName: "sql-statement",
      };
      wash.set([{ range: new monaco.Range(from, 1, to, 1), options }]);
    };
    const plan = () => {
      clearTimeout(timer);
      timer = setTimeout(draw, (editor.getModel()?.getValueLength() ?? 0) > LONG_TEXT ? 250 : 30);
    };
    plan();
    const listeners = [editor.onDidChangeCursorPosition(plan), editor.onDidChangeModelContent(plan)];
    return () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      wash.clear();
    };
  }, [loaded, draftId]);
}
