import { formatCount, formatDuration, formatInstant } from "@/components/ui/format";
import { type ShownState, STATE_APPEARANCES } from "@/components/ui/prepare-state";
import type { RunSummary } from "@/domain/pipelines/run-view";
import type { RunGrid } from "@/domain/pipelines/watch/run-grid";
import { describeTrigger } from "./describe-trigger";
import { shownRunState } from "./shown-run-state";

/** A run as a column: its bar's height is 0–1 of the longest run's. */
export type GridColumn = {
  id: string;
  number: number;
  state: ShownState;
  heightShare: number;
  /** Whether its number stands below it. */
  isNumbered: boolean;
};

export type PreparedGrid = { columns: GridColumn[]; longest: string; summary: string };

const NUMBER_EVERY = 5;

/** The columns of the grid: durations as bars. A run under way has lasted until `now`. */
export function prepareRunGrid({ runs }: RunGrid, now: Date): PreparedGrid {
  const ms = runs.map((run) => lasted(run, now) ?? 0);
  const most = Math.max(...ms, 1);
  const columns = runs.map(
    (run, index): GridColumn => ({
      id: run.id,
      number: run.number,
      state: shownRunState(run),
      heightShare: (ms[index] ?? 0) / most,
      isNumbered: run.number % NUMBER_EVERY === 0 || index === runs.length - 1,
    }),
  );
  const counts = new Map<ShownState, number>();
  for (const { state } of columns) counts.set(state, (counts.get(state) ?? 0) + 1);
  const words = [...counts].map(([state, count]) => `${count} ${STATE_APPEARANCES[state].word}`);
  return {
    columns,
    longest: formatDuration(Math.max(...ms, 0)),
    summary: `${formatCount(runs.length, "run")}: ${words.join(", ")}`,
  };
}

const lasted = ({ startedAt, endedAt }: RunSummary, now: Date): number | null =>
  startedAt === null ? null : (endedAt ?? now).getTime() - startedAt.getTime();

/** What the cell says in words. `row` −1 is the run itself. */
export function describeCell({ runs, tasks }: RunGrid, row: number, column: number, now: Date): string {
  const run = runs[column];
  if (run === undefined) return "";
  const task = tasks[row];
  if (task === undefined) {
    const ms = lasted(run, now);
    return [
      `Run ${run.number} ${STATE_APPEARANCES[shownRunState(run)].word}`,
      ms === null ? "not started" : formatDuration(ms),
      `asked for ${formatInstant(run.createdAt)} UTC ${describeTrigger(run)}`,
    ].join(", ");
  }
  const state = task.states[column] ?? null;
  if (state === null) return `Run ${run.number}, ${task.taskId}: not in version ${run.pipelineVersion}`;
  const ms = task.ms[column] ?? null;
  const facts = [STATE_APPEARANCES[state].word, ...(ms === null ? [] : [formatDuration(ms)])];
  return `Run ${run.number}, ${task.taskId}: ${facts.join(", ")}`;
}

/** Where an arrow leads from a cell; null for keys that move nothing. Row −1 is the bars. */
export function moveInGrid(
  key: string,
  { row, column }: { row: number; column: number },
  { rows, columns }: { rows: number; columns: number },
): { row: number; column: number } | null {
  const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
  const to = (r: number, c: number) => ({ row: within(r, -1, rows - 1), column: within(c, 0, columns - 1) });
  switch (key) {
    case "ArrowUp":
      return to(row - 1, column);
    case "ArrowDown":
      return to(row + 1, column);
    case "ArrowLeft":
      return to(row, column - 1);
    case "ArrowRight":
      return to(row, column + 1);
    case "Home":
      return to(row, 0);
    case "End":
      return to(row, columns - 1);
    default:
      return null;
  }
}
