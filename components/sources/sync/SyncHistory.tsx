"use client";

import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import type { ShownState } from "@/components/ui/prepare-state";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { HISTORY_LENGTH, type History } from "./prepare-history";

const LEGEND = [
  ["succeeded", "all streams"],
  ["warning", "some failed"],
  ["failed", "failed"],
  ["running", "running"],
] as const;

/** Rows of streams below the bars. */
const MOST_STREAMS = 6;

export type SyncHistoryProps = { history: History; selected: string | null; hrefOf: (id: string) => string };

/** The last syncs: how long, how many rows and the worst stream of each, oldest to newest. A column opens its sync. */
export function SyncHistory({ history, selected, hrefOf }: SyncHistoryProps) {
  const { columns } = history;
  const failed = history.failedStreams.slice(0, MOST_STREAMS);
  return (
    <section aria-label="History of syncs" className="shrink-0 bg-panel px-3 pt-1.5 pb-5">
      <div className="flex flex-wrap items-center gap-x-3 text-12 text-ink-2">
        <h2 className="font-semibold text-ink text-title">
          Last {Math.min(columns.length, HISTORY_LENGTH)} syncs
        </h2>
        <span>{history.summary}</span>
        <span className="ml-auto hidden gap-3 room:flex">
          {LEGEND.map(([state, label]) => (
            <StateGlyph key={state} label={label} size={10} state={state} />
          ))}
        </span>
      </div>
      <div className="mt-1 grid grid-cols-[124px_minmax(0,1fr)] gap-x-2">
        <div aria-hidden="true" className="text-12 text-ink-2">
          <p className="flex h-9 items-end truncate">longest {history.maxMinutes}</p>
          <p className="flex h-9 items-end truncate">rows, max {history.maxRows}</p>
          <p className="flex h-5 items-center">worst stream</p>
          {failed.length > 0 && (
            <p className="mt-1 flex h-5 items-center overflow-visible whitespace-nowrap">
              {failedHeading(history, failed.length)}
            </p>
          )}
          {failed.map(({ key }) => (
            <p className="h-[18px] truncate font-mono leading-[18px]" key={key} title={key}>
              {key}
            </p>
          ))}
          <p className="flex h-6 items-end text-11">start, UTC</p>
        </div>
        <ol
          className="grid min-w-0"
          style={{ gridTemplateColumns: `repeat(${HISTORY_LENGTH}, minmax(0, 1fr))` }}
        >
          {columns.map((column, index) => (
            <li
              key={column.id}
              style={index === 0 ? { gridColumnStart: HISTORY_LENGTH - columns.length + 1 } : undefined}
            >
              <Link
                aria-current={column.id === selected ? "true" : undefined}
                aria-label={column.label}
                className={classNames("block hover:bg-hover", column.id === selected && "bg-select")}
                href={hrefOf(column.id)}
                title={column.label}
              >
                <Bar isFailed={column.isFailed} isRunning={column.isRunning} share={column.minutesShare} />
                <Bar isFailed={column.isFailed} isRunning={column.isRunning} share={column.rowsShare} />
                <span className="flex h-5 items-center justify-center">
                  <StateGlyph size={10} state={column.state} word="none" />
                </span>
                {failed.length > 0 && <span className="mt-1 block h-5" />}
                {failed.map(({ key, states }) => (
                  <StreamCell key={key} state={states[index] ?? null} />
                ))}
              </Link>
              <span
                aria-hidden="true"
                className={classNames(
                  "relative block border-ctl border-l",
                  column.isMajor ? "ml-[50%] h-[7px]" : "ml-[50%] h-[3px]",
                )}
              >
                {column.tick !== "" && (
                  <span
                    className={classNames(
                      "absolute top-2 left-0 whitespace-nowrap text-11",
                      index === columns.length - 1 ? "-translate-x-full pl-1" : "-translate-x-1/2",
                      column.isMajor ? "font-semibold text-ink" : "text-ink-3",
                    )}
                  >
                    {column.tick}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function failedHeading({ columns, failedStreams, sound }: History, shown: number): string {
  const rest = failedStreams.length - shown;
  const more = rest === 0 ? "" : `, and ${rest} more`;
  const others = sound === 0 ? "" : `. The other ${sound} did not`;
  return `Streams that failed in these ${columns.length}${more}${others}`;
}

function StreamCell({ state }: { state: ShownState | null }) {
  return (
    <span className="flex h-[18px] items-center justify-center">
      {state === null ? (
        <span aria-hidden="true" className="h-px w-2 bg-ctl" />
      ) : (
        <StateGlyph size={10} state={state} word="none" />
      )}
    </span>
  );
}

function Bar({ share, isFailed, isRunning }: { share: number; isFailed: boolean; isRunning: boolean }) {
  return (
    <span className="flex h-9 items-end justify-center border-line-2 border-b">
      <span
        className={classNames("w-3/5 max-w-[11px]", isRunning ? "bg-run" : isFailed ? "bg-err" : "bg-ctl")}
        style={{ height: `${Math.max(share > 0 ? 4 : 0, share * 92)}%` }}
      />
    </span>
  );
}
