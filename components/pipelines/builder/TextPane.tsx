"use client";

import { type Ref, useId } from "react";
import { LinedText, type LinedTextHandle } from "@/components/editor/LinedText";
import type { TextEdit } from "@/domain/pipelines/edit/operation";
import { replacedText } from "@/domain/pipelines/edit/text/replaced-text";

export type TextPaneProps = {
  label: string;
  text: string;
  /** Lines with an error, from 1. */
  wrong: ReadonlySet<number>;
  /** Why the text cannot be read, with its line; null where it can. */
  mistake: string | null;
  isReadOnly: boolean;
  ref?: Ref<LinedTextHandle>;
  onEdits: (edits: readonly TextEdit[]) => void;
  onUndo: () => void;
  onRedo: () => void;
};

/** The document as text. It is what is stored, comments and all; the graph shows the same text. */
export function TextPane(props: TextPaneProps) {
  const { label, text, wrong, mistake, isReadOnly, ref, onEdits, onUndo, onRedo } = props;
  const noteId = useId();
  return (
    <div className="flex h-full min-h-0 flex-col bg-sunken">
      <div className="min-h-0 flex-1">
        <LinedText
          describedBy={noteId}
          isInvalid={mistake !== null || wrong.size > 0}
          isReadOnly={isReadOnly}
          label={label}
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
          onText={(typed) => onEdits(replacedText(text, typed))}
          {...(ref === undefined ? {} : { ref })}
          text={text}
          wrong={wrong}
        />
      </div>
      <p className="border-line border-t bg-panel px-3 py-1 text-12 text-ink-2" id={noteId}>
        {mistake ??
          "JSON with comments. It is stored as it stands here; the graph changes only the lines that it must."}
      </p>
    </div>
  );
}
