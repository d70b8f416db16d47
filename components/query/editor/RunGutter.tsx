"use client";

import type { editor as Editor, IPosition, IRange } from "monaco-editor";
import { useEffect, useState } from "react";
import { formatDuration } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useClock } from "../statements/useClock";
import { placeOf, type Tracked } from "./editor-handle";
import type { RunMark } from "./editor-types";

export type RunGutterProps = {
  editor: Editor.IStandaloneCodeEditor;
  tracked: Tracked;
  draftId: string;
  marks: RunMark[];
  onMark: (key: string) => void;
};

const rangeOf = (from: IPosition, to: IPosition): IRange => ({
  startLineNumber: from.lineNumber,
  startColumn: from.column,
  endLineNumber: to.lineNumber,
  endColumn: to.column,
});

type Placed = RunMark & { top: number; line: number };

/** State and time of the statements that were run, beside their first lines; only those in sight are drawn. */
export function RunGutter({ editor, tracked, draftId, marks, onMark }: RunGutterProps) {
  const [placed, setPlaced] = useState<Placed[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other places
  useEffect(() => {
    // Monaco's scrolling and layout.
    let frame = 0;
    const draw = () => {
      const model = editor.getModel();
      if (model === null) return;
      const height = editor.getLayoutInfo().height;
      const inSight = marks.flatMap((mark) => {
        const place = placeOf(tracked, mark.key, model);
        if (place === null) return [];
        const start = model.getPositionAt(place.start);
        const line = start.lineNumber;
        const top = editor.getTopForLineNumber(line) - editor.getScrollTop();
        if (top < -20 || top > height) return [];
        // What was written since has not been run.
        const text = model.getValueInRange(rangeOf(start, model.getPositionAt(place.end)));
        return text === mark.sql ? [{ ...mark, line, top }] : [];
      });
      setPlaced(inSight);
    };
    const plan = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    };
    plan();
    const listeners = [
      editor.onDidScrollChange(plan),
      editor.onDidLayoutChange(plan),
      editor.onDidChangeModelContent(plan),
    ];
    return () => {
      cancelAnimationFrame(frame);
      for (const listener of listeners) listener.dispose();
    };
  }, [editor, tracked, draftId, marks]);
  return (
    <div className="relative w-[76px] shrink-0 overflow-hidden">
      <ul aria-label="Statements that were run" className="absolute inset-0">
        {placed.map((mark) => (
          <Mark key={mark.key} mark={mark} onMark={onMark} />
        ))}
      </ul>
    </div>
  );
}

function Mark({ mark, onMark }: { mark: Placed; onMark: (key: string) => void }) {
  const { key, state, elapsed, line, top } = mark;
  const now = useClock("since" in elapsed);
  const ms = "since" in elapsed ? now - elapsed.since : elapsed.ms;
  const text = ms === null ? "" : formatDuration(ms);
  return (
    <li className="absolute right-0 left-0" style={{ top }}>
      <button
        className="flex h-[19px] w-full items-center justify-end gap-1 whitespace-nowrap text-11 text-ink-3"
        onClick={() => onMark(key)}
        tabIndex={-1}
        title="Show the result"
        type="button"
      >
        <span aria-hidden="true">{text}</span>
        <StateGlyph label={`Line ${line}: ${state} ${text}`} size={11} state={state} word="spoken" />
      </button>
    </li>
  );
}
