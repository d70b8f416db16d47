import { formatClock, formatCount, formatNumber } from "@/components/ui/format";
import type { QueryStatus } from "@/domain/query/query-run";

export type ResultFacts = {
  status: QueryStatus;
  /** When the statement began, for "the result of 14:02:11". */
  ranAt: Date;
  /** Rows that can be read, and whether these are all. */
  rows: number;
  isComplete: boolean;
  /** Rows of the view that is shown; null where the whole result is. */
  viewRows: number | null;
  /** The statement was asked for so many rows at most. */
  limit: number | null;
};

/** `936 of 6,480 rows`, `6,480 rows so far`. */
export function rowWords({ rows, isComplete, viewRows }: ResultFacts): string {
  if (viewRows !== null) return `${formatNumber(viewRows)} of ${formatCount(rows, "row")}`;
  return isComplete ? formatCount(rows, "row") : `${formatCount(rows, "row")} so far`;
}

/** Where rows of a view come from: they were not asked of the tables again. */
export const viewWords = ({ ranAt }: Pick<ResultFacts, "ranAt">): string =>
  `of the result of ${formatClock(ranAt)} UTC; the SQL was not run again`;

/** What is missing from the rows on the screen, or null. */
export function truncationWords({ rows, status, limit }: ResultFacts): string | null {
  if (status === "failed") return `${formatCount(rows, "row")} came before the statement failed`;
  if (status === "cancelled") return `${formatCount(rows, "row")} came before the statement was cancelled`;
  if (limit !== null && rows >= limit) {
    return `Showing the first ${formatCount(rows, "row")}, as many as were asked for`;
  }
  return null;
}

/** Why there are no rows on the screen: one sentence, and whether the view is the reason. */
export function emptyWords({ status, rows, viewRows }: ResultFacts): { text: string; isOfView: boolean } {
  if (viewRows !== null && rows > 0) {
    return { text: `None of the ${formatCount(rows, "row")} meets these conditions.`, isOfView: true };
  }
  const texts: Record<QueryStatus, string> = {
    queued: "The statement waits for a free place. Rows appear here as soon as the first come.",
    running: "The statement runs. Rows appear here as soon as the first come.",
    succeeded: "The statement gave no rows.",
    failed: "The statement failed before its first row.",
    cancelled: "The statement was cancelled before its first row.",
  };
  return { text: texts[status], isOfView: false };
}

/** Why the rows do not stand in the order, or under the conditions, that were asked for. */
export const waitingWords = (status: QueryStatus): string =>
  status === "failed" || status === "cancelled"
    ? "Only a complete result can be sorted, filtered or searched. The rows stand as they came."
    : "This view is made once all rows are here. Until then they stand as they come.";
