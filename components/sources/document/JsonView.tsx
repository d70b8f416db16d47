"use client";

import { Copy, Download } from "lucide-react";
import { useId, useMemo, useRef } from "react";
import { DocumentProblems } from "@/components/editor/DocumentProblems";
import { LinedText, type LinedTextHandle } from "@/components/editor/LinedText";
import { pointerLines } from "@/components/editor/pointer-lines";
import { Button } from "@/components/ui/Button";
import { saveTextFile } from "@/components/ui/save-text-file";
import { toastDone } from "@/components/ui/toast";
import type { InputError } from "@/domain/shared/failure";
import type { ReadDocument } from "./prepare-document";

export type JsonViewProps = {
  name: string;
  text: string;
  read: ReadDocument;
  errors: InputError[];
  isReadOnly: boolean;
  onText: (text: string) => void;
};

/** The document as text, with the line of every problem. Comments are allowed while editing; they are not stored. */
export function JsonView({ name, text, read, errors, isReadOnly, onText }: JsonViewProps) {
  const lined = useRef<LinedTextHandle>(null);
  const noteId = useId();
  const lineOf = useMemo(() => pointerLines(text), [text]);
  const problems = read.ok ? errors.map((error) => ({ ...error, line: lineOf(error.pointer) })) : read.errors;
  const wrong = new Set(problems.map(({ line }) => line));
  const goTo = (pointer: string) => {
    const line = read.ok ? lineOf(pointer) : (read.errors[0]?.line ?? null);
    if (line !== null) lined.current?.goTo(line);
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 justify-end border-line border-b px-1">
        <Button
          icon={<Copy aria-hidden="true" size={13} />}
          kind="quiet"
          onClick={() => void navigator.clipboard.writeText(text).then(() => toastDone("Document copied"))}
        >
          Copy
        </Button>
        <Button
          icon={<Download aria-hidden="true" size={13} />}
          kind="quiet"
          onClick={() => saveTextFile(`${name || "connection"}.json`, text, "application/json")}
        >
          Download
        </Button>
      </div>
      <div className="min-h-40 flex-1">
        <LinedText
          describedBy={noteId}
          isInvalid={problems.length > 0}
          isReadOnly={isReadOnly}
          label={`JSON of ${name || "the new connection"}`}
          onText={onText}
          ref={lined}
          text={text}
          wrong={wrong}
        />
      </div>
      <div id={noteId}>
        {problems.length > 0 && <DocumentProblems errors={problems} onGoTo={goTo} />}
        {read.ok && read.hasComments && (
          <p className="border-line border-t px-3 py-1.5 text-12 text-ink-2">
            Comments help while you edit. They are not stored with the document.
          </p>
        )}
      </div>
    </div>
  );
}
