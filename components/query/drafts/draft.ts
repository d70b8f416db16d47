import type { Dialect, EngineChoice } from "@/domain/query/dialect";
import type { QueryParameter } from "@/domain/query/query-parameter";

/** A saved query as it was when it was opened or last saved; what differs from it is not saved yet. */
export type SavedOrigin = { name: string; version: number; sql: string; dialect: Dialect };

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
  saved: SavedOrigin | null;
};

/** Whether closing it would lose something. An empty text is no loss. */
export const isUnsaved = ({ text, dialect, saved }: Draft): boolean =>
  saved === null ? text.trim() !== "" : text !== saved.sql || dialect !== saved.dialect;
