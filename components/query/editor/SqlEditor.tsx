"use client";

import dynamic from "next/dynamic";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import type { Dialect } from "@/domain/query/dialect";
import type { EditorCommands } from "./editor-commands";
import { commandOf } from "./editor-commands";
import type { EditorHandle, EditorProblem, RunMark } from "./editor-types";
import { plainHandle } from "./plain-handle";

const MonacoEditor = dynamic(() => import("./MonacoEditor").then((module) => module.MonacoEditor), {
  ssr: false,
});

export type SqlEditorProps = {
  /** The text that is edited: each has an undo stack of its own. */
  draftId: string;
  /** Of all open texts: what the editor remembers of others is let go. */
  openIds: string[];
  label: string;
  text: string;
  dialect: Dialect;
  onChange: (draftId: string, text: string) => void;
  /** What can be completed; null while it is not known. */
  names: CompletionNames | null;
  commands: EditorCommands;
  marks: RunMark[];
  onMark: (key: string) => void;
  problems: (EditorProblem & { key: string })[];
  /** The editor that has the text now; another one once Monaco is there. */
  onReady: (handle: EditorHandle) => void;
};

/** Monaco; while it loads, and where it cannot be loaded, a plain text area with the same keys. */
export function SqlEditor(props: SqlEditorProps) {
  const [isReady, setReady] = useState(false);
  return (
    <div className="relative h-full min-h-0 bg-panel">
      {!isReady && <PlainEditor {...props} />}
      <MonacoEditor {...props} onLoaded={() => setReady(true)} />
    </div>
  );
}

function PlainEditor({ draftId, label, text, onChange, commands, onReady }: SqlEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const change = useRef<(text: string) => void>(() => undefined);
  change.current = (next) => onChange(draftId, next);
  const ready = useRef(onReady);
  ready.current = onReady;
  useEffect(() => {
    // The text area of the page, until Monaco takes its place.
    if (area.current !== null) ready.current(plainHandle(area.current, (next) => change.current(next)));
  }, []);
  const press = (event: KeyboardEvent) => {
    const command = commandOf(event.nativeEvent);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    commands[command]();
  };
  return (
    <textarea
      aria-label={label}
      autoCapitalize="off"
      className="absolute inset-0 z-10 h-full w-full resize-none border-0 bg-panel py-1.5 pr-2 pl-[114px] font-mono text-ink text-title leading-[19px]"
      onChange={(event) => onChange(draftId, event.target.value)}
      onKeyDown={press}
      ref={area}
      spellCheck={false}
      value={text}
    />
  );
}
