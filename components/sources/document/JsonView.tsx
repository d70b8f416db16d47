"use client";

import { Copy, Download } from "lucide-react";
import { useId, useRef } from "react";
import { DocumentProblems } from "@/components/editor/DocumentProblems";
import { Button } from "@/components/ui/Button";
import { saveTextFile } from "@/components/ui/save-text-file";
import { toastDone } from "@/components/ui/toast";
import type { InputError } from "@/domain/shared/failure";
import { locate, type ReadDocument } from "./prepare-document";

export type JsonViewProps = {
  name: string;
  text: string;
  read: ReadDocument;
  errors: InputError[];
  isReadOnly: boolean;
  onText: (text: string) => void;
};

const LINE_HEIGHT = 18;

/** The document as text, with the line of every problem. Comments are allowed while editing; they are not stored. */
export function JsonView({ name, text, read, errors, isReadOnly, onText }: JsonViewProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const noteId = useId();
  const problems = read.ok
    ? errors.map((error) => ({ ...error, line: locate(text, error.pointer)?.line ?? null }))
    : read.errors;
  const wrong = new Set(problems.map(({ line }) => line));
  const goTo = (pointer: string) => {
    const line = read.ok ? locate(text, pointer)?.line : read.errors[0]?.line;
    if (line === undefined || area.current === null) return;
    const lines = text.split("\n");
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    area.current.focus();
    area.current.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    area.current.scrollTop = Math.max(0, (line - 4) * LINE_HEIGHT);
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
      <div className="grid min-h-40 flex-1 grid-cols-[36px_minmax(0,1fr)] overflow-hidden bg-sunken font-mono text-12 leading-[18px]">
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
          aria-invalid={problems.length > 0}
          aria-label={`JSON of ${name || "the new connection"}`}
          className="min-w-0 resize-none whitespace-pre bg-transparent py-2 pr-2 text-ink"
          onChange={(event) => onText(event.target.value)}
          onScroll={(event) => gutter.current?.scrollTo({ top: event.currentTarget.scrollTop })}
          readOnly={isReadOnly}
          ref={area}
          spellCheck={false}
          value={text}
          wrap="off"
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
