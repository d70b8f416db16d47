"use client";

import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from "react";

const LINE_HEIGHT = 18;

export type LinedTextHandle = { goTo: (line: number) => void };

export type LinedTextProps = {
  label: string;
  text: string;
  /** Lines with an error, from 1. */
  wrong: ReadonlySet<number | null>;
  isInvalid: boolean;
  isReadOnly: boolean;
  /** The id of the note that describes it. */
  describedBy: string;
  ref?: Ref<LinedTextHandle>;
  onText: (text: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
};

/** Text with the numbers of its lines; those with an error stand out. */
export function LinedText(props: LinedTextProps) {
  const { label, text, wrong, isInvalid, isReadOnly, describedBy, ref, onText, onKeyDown } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
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
    <div className="grid h-full min-h-0 grid-cols-[44px_minmax(0,1fr)] overflow-hidden bg-sunken font-mono text-12 leading-[18px]">
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
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        aria-label={label}
        className="min-w-0 resize-none whitespace-pre bg-transparent py-2 pr-2 text-ink"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        onScroll={(event) => gutter.current?.scrollTo({ top: event.currentTarget.scrollTop })}
        readOnly={isReadOnly}
        ref={area}
        spellCheck={false}
        value={text}
        wrap="off"
      />
    </div>
  );
}
