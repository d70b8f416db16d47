"use client";

import { type Ref, useId, useImperativeHandle, useRef } from "react";
import type { TextEdit } from "@/domain/pipelines/edit/operation";
import { replacedText } from "@/domain/pipelines/edit/text/replaced-text";

const LINE_HEIGHT = 18;

export type TextPaneHandle = { goTo: (line: number) => void };

export type TextPaneProps = {
  label: string;
  text: string;
  /** Lines with an error, from 1. */
  wrong: ReadonlySet<number>;
  /** Why the text cannot be read, with its line; null where it can. */
  mistake: string | null;
  isReadOnly: boolean;
  ref?: Ref<TextPaneHandle>;
  onEdits: (edits: readonly TextEdit[]) => void;
  onUndo: () => void;
  onRedo: () => void;
};

/** The document as text. It is what is stored, comments and all; the graph shows the same text. */
export function TextPane(props: TextPaneProps) {
  const { label, text, wrong, mistake, isReadOnly, ref, onEdits, onUndo, onRedo } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const noteId = useId();
  useImperativeHandle(ref, () => ({
    goTo(line) {
      const lines = text.split("\n");
      const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
      area.current?.focus();
      area.current?.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
      if (area.current !== null) area.current.scrollTop = Math.max(0, (line - 4) * LINE_HEIGHT);
    },
  }));
  return (
    <div className="flex h-full min-h-0 flex-col bg-sunken">
      <div className="grid min-h-0 flex-1 grid-cols-[44px_minmax(0,1fr)] overflow-hidden font-mono text-12 leading-[18px]">
        <div aria-hidden="true" className="overflow-hidden py-2 text-right text-ink-3" ref={gutter}>
          {text.split("\n").map((_, index) => (
            <div
              className={wrong.has(index + 1) ? "bg-err-wash pr-1.5 font-semibold text-err" : "pr-1.5"}
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
            >
              {index + 1}
            </div>
          ))}
        </div>
        <textarea
          aria-describedby={noteId}
          aria-invalid={mistake !== null || wrong.size > 0}
          aria-label={label}
          className="min-w-0 resize-none whitespace-pre bg-transparent py-2 pr-2 text-ink"
          onChange={(event) => onEdits(replacedText(text, event.target.value))}
          onKeyDown={(event) => {
            // The history of the document, in which the graph's acts stand too, in place of the field's own.
            if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
            const key = event.key.toLowerCase();
            const isRedo = key === "y" || (key === "z" && event.shiftKey);
            if (!isRedo && key !== "z") return;
            event.preventDefault();
            if (isRedo) onRedo();
            else onUndo();
          }}
          onScroll={(event) => gutter.current?.scrollTo({ top: event.currentTarget.scrollTop })}
          readOnly={isReadOnly}
          ref={area}
          spellCheck={false}
          value={text}
          wrap="off"
        />
      </div>
      <p className="border-line border-t bg-panel px-3 py-1 text-12 text-ink-2" id={noteId}>
        {mistake ??
          "JSON with comments. It is stored as it stands here; the graph changes only the lines that it must."}
      </p>
    </div>
  );
}
