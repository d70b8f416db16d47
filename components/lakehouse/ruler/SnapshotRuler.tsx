"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import type { Mark, Timeline } from "./prepare-timeline";

export type SnapshotRulerProps = {
  timeline: Timeline;
  label: string;
  /** The snapshot that is looked at. */
  picked: string | null;
  onPick: (snapshotId: string) => void;
  /** The two that are compared; marked on the ruler with a band between them. */
  compared?: { a: string | null; b: string | null };
  /** A key other than the arrows, pressed on a snapshot. */
  onKey?: (key: string, snapshotId: string) => void;
};

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
const UP = 26;

/** Snapshots over time: one tab stop, arrows and Home and End move, Enter or a press picks. */
export function SnapshotRuler({ timeline, label, picked, onPick, compared, onKey }: SnapshotRulerProps) {
  const group = useRef<HTMLDivElement>(null);
  const { marks, ticks, nowLeft, barWidth } = timeline;
  const [focused, setFocused] = useState<string | null>(null);
  const stop =
    marks.find(({ snapshot }) => snapshot.snapshotId === (focused ?? picked)) ??
    marks.find(({ isHead }) => isHead) ??
    marks.at(-1);
  const move = (event: KeyboardEvent, index: number) => {
    const last = marks.length - 1;
    const target = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: last }[event.key];
    const id = marks[index]?.snapshot.snapshotId;
    if (target === undefined) {
      if (id !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) onKey?.(event.key, id);
      return;
    }
    event.preventDefault();
    const next = marks[Math.min(Math.max(0, target), last)]?.snapshot.snapshotId;
    if (next === undefined) return;
    setFocused(next);
    group.current?.querySelector<HTMLElement>(`[data-snapshot="${next}"]`)?.focus();
  };
  const leftOf = (id: string | null | undefined) =>
    marks.find(({ snapshot }) => snapshot.snapshotId === id)?.left ?? null;
  const a = leftOf(compared?.a);
  const b = leftOf(compared?.b);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div aria-label={label} className="relative mx-3 h-[104px] select-none" ref={group} role="group">
      {a !== null && b !== null && (
        <span
          aria-hidden="true"
          className="absolute top-0 h-[78px] bg-select"
          style={{ left: percent(Math.min(a, b)), width: percent(Math.abs(a - b)) }}
        />
      )}
      <span aria-hidden="true" className="absolute inset-x-0 top-[43px] h-px bg-line-2" />
      {marks.map((mark, index) => (
        <MarkButton
          barWidth={barWidth}
          isPicked={mark.snapshot.snapshotId === picked}
          isStop={mark === stop}
          key={mark.snapshot.snapshotId}
          mark={mark}
          onFocus={() => setFocused(mark.snapshot.snapshotId)}
          onKeyDown={(event) => move(event, index)}
          onPick={() => onPick(mark.snapshot.snapshotId)}
        />
      ))}
      <span aria-hidden="true" className="absolute inset-x-0 top-[78px] h-px bg-ctl" />
      {ticks.map((tick) => (
        <span
          aria-hidden="true"
          className="absolute top-[78px]"
          key={tick.left}
          style={{ left: percent(tick.left) }}
        >
          <span className={classNames("block w-px bg-ctl", tick.isMajor ? "h-[7px]" : "h-[3px]")} />
          {tick.label !== null && (
            <span
              className={classNames(
                "absolute top-[9px] whitespace-nowrap text-11 text-ink-2",
                tick.left < 0.04 ? "" : tick.left > 0.96 ? "-translate-x-full" : "-translate-x-1/2",
              )}
            >
              {tick.label}
            </span>
          )}
        </span>
      ))}
      {nowLeft !== null && (
        <span
          aria-hidden="true"
          className="absolute top-0 h-[78px] border-ink-3 border-l border-dotted"
          style={{ left: percent(nowLeft) }}
        />
      )}
      {a !== null && <Flag left={a} letter="A" />}
      {b !== null && <Flag left={b} letter="B" />}
    </div>
  );
}

function Flag({ left, letter }: { left: number; letter: string }) {
  return (
    <span
      aria-hidden="true"
      className="absolute top-[71px] h-[15px] w-[15px] -translate-x-1/2 rounded-1 bg-accent text-center font-semibold text-11 text-on-accent"
      style={{ left: percent(left) }}
    >
      {letter}
    </span>
  );
}

type MarkButtonProps = {
  mark: Mark;
  barWidth: number;
  isPicked: boolean;
  isStop: boolean;
  onPick: () => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

function MarkButton({ mark, barWidth, isPicked, isStop, onPick, onFocus, onKeyDown }: MarkButtonProps) {
  const { snapshot, shape, up, down, isOnMain } = mark;
  const fill = isPicked
    ? "bg-accent"
    : isOnMain
      ? "bg-ctl"
      : "bg-line-2 outline-dashed outline-1 outline-ctl";
  const edge = isPicked ? "border-accent" : "border-ctl";
  const hasLabel = mark.hasLabel || isPicked;
  return (
    <button
      aria-label={mark.words}
      aria-pressed={isPicked}
      className="absolute top-0 h-[70px] min-w-[14px] -translate-x-1/2 rounded-1 hover:bg-hover"
      data-snapshot={snapshot.snapshotId}
      onClick={onPick}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      style={{ left: percent(mark.left), width: `max(14px, ${percent(barWidth * 1.6)})` }}
      tabIndex={isStop ? 0 : -1}
      title={mark.words}
      type="button"
    >
      {hasLabel && (
        <span
          className={classNames(
            "absolute top-0 left-1/2 -translate-x-1/2 text-11",
            isPicked || mark.isHead ? "font-semibold text-ink" : "text-ink-2",
          )}
        >
          {snapshot.version}
        </span>
      )}
      {shape === "bars" && up > 0 && (
        <span
          className={classNames("absolute left-1/2 w-[9px] max-w-full -translate-x-1/2", fill)}
          style={{ bottom: 70 - 43, height: Math.max(3, up * UP) }}
        />
      )}
      {shape === "bars" && down > 0 && (
        <span
          className={classNames(
            "absolute left-1/2 w-[9px] max-w-full -translate-x-1/2 border-[1.5px] bg-panel",
            edge,
          )}
          style={{ top: 43, height: Math.max(4, down * UP) }}
        />
      )}
      {shape === "compaction" && (
        <span
          className={classNames(
            "absolute top-[38px] left-1/2 h-[10px] w-[10px] -translate-x-1/2 rotate-45 border-[1.5px] bg-panel",
            edge,
          )}
        />
      )}
      {shape === "no-rows" && (
        <span
          className={classNames(
            "absolute top-[38px] left-1/2 h-[11px] w-[11px] -translate-x-1/2 rounded-full border-[1.5px] bg-panel",
            edge,
          )}
        />
      )}
    </button>
  );
}
