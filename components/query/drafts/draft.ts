import type { Dialect, EngineChoice } from "@/domain/query/dialect";
import type { QueryParameter } from "@/domain/query/query-parameter";

/** How a chart is drawn from the result; null where nobody has chosen. */
export type Chart = Record<string, unknown> | null;

/** A saved query as it was when it was opened or last saved; what differs from it is not saved yet. */
export type SavedOrigin = { name: string; version: number; sql: string; dialect: Dialect; chart: Chart };

/** A statement of the text that the server ran: its result can be shown again after a reload. */
export type KeptRun = { key: string; number: number; runId: string };

/** A text that somebody works on. */
export type Draft = {
  id: string;
  /** Shown on its tab; of a saved query, its name. */
  title: string;
  text: string;
  dialect: Dialect;
  engine: EngineChoice;
  /** What was last given for each parameter. */
  parameters: QueryParameter[];
  chart: Chart;
  saved: SavedOrigin | null;
  /** Left out where nothing was run. */
  runs?: KeptRun[];
};

/** Whether closing it would lose something. An empty text is no loss. */
export const isUnsaved = ({ text, dialect, chart, saved }: Draft): boolean =>
  saved === null
    ? text.trim() !== ""
    : text !== saved.sql ||
      dialect !== saved.dialect ||
      JSON.stringify(chart) !== JSON.stringify(saved.chart);
