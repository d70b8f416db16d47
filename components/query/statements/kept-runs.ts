import type { StatementText } from "@/domain/query/split-statements";
import type { KeptRun } from "../drafts/draft";
import type { Statement } from "./statement";

const MOST_KEPT = 30;

/** The runs of the server behind the result tabs of a text. Rows that are in the page alone do not outlive it. */
export const keptRuns = (all: readonly Statement[], draftId: string): KeptRun[] =>
  all
    .flatMap((each) =>
      each.draftId === draftId &&
      each.run !== null &&
      each.run.placement.engine !== "browser" &&
      each.previewOf === null
        ? [{ key: each.key, number: each.number, runId: each.run.id }]
        : [],
    )
    .slice(-MOST_KEPT);

export const sameRuns = (one: readonly KeptRun[], other: readonly KeptRun[]): boolean =>
  one.length === other.length &&
  one.every(({ key, number, runId }, at) => {
    const each = other[at];
    return each?.key === key && each.number === number && each.runId === runId;
  });

/** Where a statement stands in a text that may have changed since: at its old place before any other. */
export function statementAgain(
  { sql, number }: Pick<Statement, "sql" | "number">,
  statements: readonly StatementText[],
): StatementText | null {
  const old = statements[number - 1];
  return old?.sql === sql ? old : (statements.find((each) => each.sql === sql) ?? null);
}
