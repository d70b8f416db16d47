import type { ShownFailure } from "@/components/ui/failure-of";
import type { Dialect, EngineChoice } from "@/domain/query/dialect";
import type { Origins } from "@/domain/query/origins";
import type { Preview } from "@/domain/query/preview-statement";
import type { QueryParameter } from "@/domain/query/query-parameter";
import type { QueryRun } from "@/domain/query/query-run";
import type { RunStatus } from "@/domain/shared/run-status";

/** What is asked of an engine. */
export type StatementRequest = {
  sql: string;
  dialect: Dialect;
  engine: EngineChoice;
  parameters: QueryParameter[];
  /** The version that the text is, unchanged. */
  savedQuery: { name: string; version: number } | null;
};

/** Part of a statement that is looked at: what it is, and where its text stems from. */
export type PreviewOf = { part: Preview["part"]; origins: Origins };

/** A statement that was run, waits to run or runs: one result tab. */
export type Statement = StatementRequest & {
  /** Of its tab; a statement that is run again keeps it. */
  key: string;
  draftId: string;
  /** Its place among the statements of its text, from 1; 0 for one that stands in no text. */
  number: number;
  previewOf: PreviewOf | null;
  /** Of a question to an earlier result: what it is. */
  mark?: string;
  /** In place of what its text says. */
  title?: string;
  status: RunStatus;
  /** What the engine told last; null until it is started, and where it could not be. */
  run: QueryRun | null;
  /** Why it could not be started, or why its progress cannot be followed. */
  failure: ShownFailure | null;
  /** When it was asked for, by this browser's clock. */
  askedAt: number;
};

export const isOver = ({ status }: Pick<Statement, "status">): boolean =>
  status !== "queued" && status !== "running" && status !== "retrying";

/** A statement whose rows can be looked at. */
export type ShownStatement = Statement & { run: QueryRun };

/** Whether rows of it can be looked at, all of them or those that have come so far. */
export function hasRows(statement: Statement): statement is ShownStatement {
  const { status, run } = statement;
  if (run === null || run.columns === null || run.writes.length > 0) return false;
  if (status === "succeeded") return run.resultKept;
  return status === "running";
}
