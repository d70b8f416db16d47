// biome-ignore-all lint/a11y/useSemanticElements: bars and glyphs under one tab stop, which a table cannot have
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the cell that it is at
"use client";

import { memo, type PointerEvent, useId, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { classNames } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { type ShownState, STATE_APPEARANCES } from "@/components/ui/prepare-state";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useNow } from "@/components/ui/useNow";
import type { GridTask, RunGrid } from "@/domain/pipelines/watch/run-grid";
import { describeCell, type GridColumn, moveInGrid, prepareRunGrid } from "./prepare-run-grid";

const FIRST_ROWS = 40;
const LEGEND: ShownState[] = ["succeeded", "reused", "running", "queued", "failed", "skipped"];

type Place = { row: number; column: number };

export type RunMatrixProps = {
  grid: RunGrid;
  /** Opens a run, at a task where one was chosen. */
  onOpen: (runId: string, taskId: string | null) => void;
};

/** The last runs side by side: how long each took, and how each task of it ended. One tab stop; arrows move, Enter opens. */
export function RunMatrix({ grid, onOpen }: RunMatrixProps) {
  const id = useId();
  const now = useNow(grid.runs.some(({ startedAt, endedAt }) => startedAt !== null && endedAt === null));
  const [isWhole, setWhole] = useState(false);
  const [chosen, setChosen] = useState<Place | null>(null);
  const { columns, longest, summary } = prepareRunGrid(grid, now);
  const rows = isWhole ? grid.tasks : grid.tasks.slice(0, FIRST_ROWS);
  const at = chosen ?? { row: -1, column: columns.length - 1 };
  const open = ({ row, column }: Place) => {
    const run = grid.runs[column];
    const isIn = grid.tasks[row]?.states[column] != null;
    if (run) onOpen(run.id, isIn ? (grid.tasks[row]?.taskId ?? null) : null);
  };
  const placeOf = (event: { target: EventTarget }): Place | null => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-column]");
    return cell === null ? null : { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
  };
  const point = (event: PointerEvent) => {
    const place = placeOf(event);
    if (place !== null && (place.row !== at.row || place.column !== at.column)) setChosen(place);
  };
  return (
    <Panel
      actions={LEGEND.map((state) => <StateGlyph key={state} state={state} />)}
      bodyClassName="overflow-auto px-3 py-2"
      meta={summary}
      title="Last runs"
    >
      <div
        aria-activedescendant={`${id}-${at.row}-${at.column}`}
        aria-colcount={columns.length + 1}
        aria-label={`Tasks of the last runs, ${summary}`}
        className="group w-max outline-offset-2"
        onClick={(event) => {
          const place = placeOf(event);
          if (place !== null) open(place);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") return open(at);
          const to = moveInGrid(event.key, at, { rows: rows.length, columns: columns.length });
          if (to === null) return;
          event.preventDefault();
          setChosen(to);
          document.getElementById(`${id}-${to.row}-${to.column}`)?.scrollIntoView({ block: "nearest" });
        }}
        onPointerOver={point}
        role="grid"
        tabIndex={0}
      >
        <Bars active={at} columns={columns} grid={grid} id={id} longest={longest} now={now} />
        {rows.map((task, row) => (
          <TaskRow
            activeColumn={at.row === row ? at.column : -1}
            id={id}
            key={task.taskId}
            numbers={columns}
            row={row}
            task={task}
          />
        ))}
        <div aria-hidden="true" className="flex h-[18px] items-start text-11 text-ink-2">
          <span className="w-[180px] shrink-0">run</span>
          {columns.map(({ id: runId, number, isNumbered }, column) => (
            <span
              className={classNames(
                "w-[22px] shrink-0 cursor-pointer whitespace-nowrap text-center",
                at.column === column && "bg-select",
              )}
              data-column={column}
              data-row={-1}
              key={runId}
            >
              {isNumbered ? number : "·"}
            </span>
          ))}
        </div>
      </div>
      <p className="mt-1 h-[18px] text-12">{describeCell(grid, at.row, at.column, now)}</p>
      {rows.length < grid.tasks.length && (
        <button className={buttonClass("quiet")} onClick={() => setWhole(true)} type="button">
          Show all {formatCount(grid.tasks.length, "task")}
        </button>
      )}
    </Panel>
  );
}

type BarsProps = {
  id: string;
  grid: RunGrid;
  columns: GridColumn[];
  longest: string;
  active: Place;
  now: Date;
};

function Bars({ id, grid, columns, longest, active, now }: BarsProps) {
  return (
    <div className="flex h-[30px] items-end border-ctl border-b" role="row">
      <span className="w-[180px] shrink-0 text-12 text-ink-2" role="rowheader">
        duration, max {longest}
      </span>
      {columns.map(({ id: runId, state, heightShare }, column) => (
        <span
          aria-label={describeCell(grid, -1, column, now)}
          className={classNames(
            "flex h-full w-[22px] shrink-0 cursor-pointer items-end justify-center",
            active.column === column && "bg-select",
            active.row === -1 && active.column === column && "group-focus-visible:outline",
          )}
          data-column={column}
          data-row={-1}
          id={`${id}--1-${column}`}
          key={runId}
          role="gridcell"
        >
          <span
            className={classNames(
              "w-[14px]",
              state === "failed" ? "bg-err" : state === "running" ? "bg-accent" : "bg-ctl",
            )}
            style={{ height: `max(2px, ${(heightShare * 100).toFixed(1)}%)` }}
          />
        </span>
      ))}
    </div>
  );
}

type TaskRowProps = { id: string; row: number; task: GridTask; numbers: GridColumn[]; activeColumn: number };

const TaskRow = memo(
  function TaskRow({ id, row, task, numbers, activeColumn }: TaskRowProps) {
    return (
      <div className="flex h-[18px] items-center hover:bg-hover" role="row">
        <span
          className="w-[180px] shrink-0 truncate pr-2 font-mono text-12"
          role="rowheader"
          title={task.taskId}
        >
          {task.taskId}
        </span>
        {task.states.map((state, column) => (
          <span
            className={classNames(
              "flex h-full w-[22px] shrink-0 cursor-pointer items-center justify-center",
              column === activeColumn && "bg-select group-focus-visible:outline",
            )}
            data-column={column}
            data-row={row}
            id={`${id}-${row}-${column}`}
            key={numbers[column]?.id}
            role="gridcell"
          >
            {state !== null && (
              <StateGlyph
                label={`run ${numbers[column]?.number}, ${STATE_APPEARANCES[state].word}`}
                state={state}
                word="spoken"
              />
            )}
          </span>
        ))}
      </div>
    );
  },
  // The columns are made anew with every second of a run under way; a row only shows their numbers.
  (one, other) =>
    one.task === other.task &&
    one.row === other.row &&
    one.activeColumn === other.activeColumn &&
    one.numbers.length === other.numbers.length,
);
