import { ChevronDown, ChevronRight } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatClock, formatDuration, formatNumber } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { STATE_APPEARANCES } from "@/components/ui/prepare-state";
import type { RunStatus } from "@/domain/shared/run-status";
import type { Gantt, GanttBar, GanttRow } from "./prepare-gantt";
import { useRowWindow } from "./useRowWindow";

export type AttemptsGanttProps = {
  gantt: Gantt | null;
  /** How the run stands. */
  runStatus: RunStatus;
  selected: string | null;
  onSelect: (taskId: string) => void;
  /** Shows the items of a map, or folds them. */
  onFold: (taskId: string) => void;
};

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

function barClass(bar: GanttBar): string {
  if (bar.kind === "wait") return "hatch border-transparent";
  if (bar.status === "failed") return "border-err bg-err-wash";
  if (bar.status === "running" || bar.status === "retrying") return "border-accent bg-accent";
  return bar.status === "cancelled" ? "border-dashed border-ctl bg-sunken" : "border-ctl bg-ctl";
}

function wordsOf(bar: GanttBar): string {
  if (bar.kind === "items") return `items, ${STATE_APPEARANCES[bar.status].word}, ${formatDuration(bar.ms)}`;
  return bar.kind === "wait"
    ? `waits ${formatDuration(bar.ms)}`
    : `attempt ${bar.attempt}, ${STATE_APPEARANCES[bar.status].word}, ${formatDuration(bar.ms)}`;
}

/** Time by task and attempt; attempts of a task share a row. */
export function AttemptsGantt({ gantt, runStatus, selected, onSelect, onFold }: AttemptsGanttProps) {
  if (gantt === null) {
    return (
      <Panel title="Time by task and attempt">
        {runStatus === "queued" || runStatus === "running" ? (
          <EmptyState title="No task has started yet.">
            {runStatus === "queued"
              ? "The run waits to be let in."
              : "The worker takes the run up within seconds."}
          </EmptyState>
        ) : (
          <EmptyState title="No task ever started.">The run ended before.</EmptyState>
        )}
      </Panel>
    );
  }
  return <Rows gantt={gantt} onFold={onFold} onSelect={onSelect} selected={selected} />;
}

/** A row and its hairline; the line of a map's items stands below its row. */
const ROW_PX = 25;
const FOLD_PX = 24;

type RowsProps = Pick<AttemptsGanttProps, "selected" | "onSelect" | "onFold"> & { gantt: Gantt };

function Rows({ gantt, selected, onSelect, onFold }: RowsProps) {
  const { rows } = gantt;
  const { scroller, shown } = useRowWindow(
    rows.map(({ fold }) => (fold === null ? ROW_PX : ROW_PX + FOLD_PX)),
    rows.findIndex(({ taskId }) => taskId === selected),
  );
  return (
    <Panel
      actions={<Legend />}
      bodyClassName="flex flex-col"
      meta={`${formatDuration(gantt.end.getTime() - gantt.start.getTime())} in all, times in UTC`}
      title="Time by task and attempt"
    >
      <div className="min-h-0 flex-1 overflow-auto" ref={scroller}>
        <ol style={{ paddingBlock: `${shown.above}px ${shown.below}px` }}>
          {rows.slice(shown.from, shown.to).map((row) => (
            <Row
              isSelected={row.taskId === selected}
              key={row.taskId}
              onFold={onFold}
              onSelect={onSelect}
              row={row}
            />
          ))}
        </ol>
        <Axis gantt={gantt} />
      </div>
    </Panel>
  );
}

const LEGEND = [
  { word: "done", look: "border-ctl bg-ctl" },
  { word: "running", look: "border-accent bg-accent" },
  { word: "failed attempt", look: "border-err bg-err-wash" },
  { word: "waits", look: "hatch border-transparent" },
];

function Legend() {
  return (
    <span className="hidden items-center gap-3 wide:flex">
      {LEGEND.map(({ word, look }) => (
        <span className="flex items-center gap-1" key={word}>
          <span aria-hidden="true" className={classNames("h-2.5 w-5 border", look)} />
          {word}
        </span>
      ))}
    </span>
  );
}

type RowProps = Pick<AttemptsGanttProps, "onSelect" | "onFold"> & { row: GanttRow; isSelected: boolean };

function Row({ row, isSelected, onSelect, onFold }: RowProps) {
  const summary = row.reused
    ? "reused"
    : row.bars.length > 0
      ? formatDuration(row.totalMs)
      : STATE_APPEARANCES[row.status].word;
  return (
    <li className="border-line border-b">
      <button
        aria-pressed={isSelected}
        className={classNames(
          "grid h-6 w-full grid-cols-[minmax(88px,148px)_minmax(0,1fr)_92px] items-center gap-2 px-3 text-left hover:bg-hover",
          isSelected && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
        )}
        onClick={() => onSelect(row.taskId)}
        type="button"
      >
        <code className={classNames("truncate text-12", row.isChild && "pl-3")} title={row.taskId}>
          {row.taskId}
        </code>
        <span className="relative h-3.5">
          {row.bars.map((bar) => (
            <span
              className={classNames("absolute inset-y-0 min-w-[2px] border", barClass(bar))}
              key={bar.key}
              style={{ left: percent(bar.startShare), width: percent(bar.widthShare) }}
              title={wordsOf(bar)}
            />
          ))}
          <span className="sr-only">{row.bars.map(wordsOf).join("; ")}</span>
        </span>
        <span className="text-right text-12 text-ink-2">{summary}</span>
      </button>
      {row.fold && (
        <button
          aria-expanded={row.fold.isUnfolded}
          aria-label={`Items of ${row.taskId}`}
          className="flex h-6 w-full items-center gap-1 px-3 text-left text-12 text-ink-2 hover:bg-hover"
          onClick={() => onFold(row.taskId)}
          type="button"
        >
          {row.fold.isUnfolded ? (
            <ChevronDown aria-hidden="true" size={12} />
          ) : (
            <ChevronRight aria-hidden="true" size={12} />
          )}
          {row.fold.words}
          {row.fold.isUnfolded && row.fold.hidden > 0 && `; ${formatNumber(row.fold.hidden)} are not shown`}
        </button>
      )}
    </li>
  );
}

function Axis({ gantt }: { gantt: Gantt }) {
  return (
    <div
      aria-hidden="true"
      className="sticky bottom-0 grid grid-cols-[minmax(88px,148px)_minmax(0,1fr)_92px] gap-2 bg-panel px-3 pb-1 text-11 text-ink-2"
    >
      <span />
      <span className="relative h-6">
        {gantt.ticks.map((tick) => (
          <span className="absolute top-0" key={tick.at.getTime()} style={{ left: percent(tick.share) }}>
            <span className={classNames("block w-px bg-ctl", tick.major ? "h-[7px]" : "h-[3px]")} />
            {tick.major && tick.share < 0.97 && (
              <span className="absolute top-[8px] -translate-x-1/2">{formatClock(tick.at)}</span>
            )}
          </span>
        ))}
      </span>
      <span className="text-right">{gantt.nowShare === null ? "" : "now"}</span>
    </div>
  );
}
