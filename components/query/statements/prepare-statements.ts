import { formatCount, formatShare } from "@/components/ui/format";
import { originOf } from "@/domain/query/origins";
import { queryErrorOf } from "@/domain/query/query-error";
import type { QueryError } from "@/domain/query/query-run";
import type { StatementText } from "@/domain/query/split-statements";
import { FAILURE_CODES } from "@/domain/shared/failure";
import { sqlTokens } from "@/domain/shared/sql-tokens";
import type { EditorProblem, RunMark } from "../editor/editor-types";
import { isOver, type Statement } from "./statement";

const HEAD_LETTERS = 400;
const PAIRS = new Set(["CREATE", "DROP", "ALTER"]);
const FILLERS = new Set(["OR", "REPLACE", "TEMP", "TEMPORARY", "IF", "NOT", "EXISTS"]);

/** What a statement does, in a word or two: `Select`, `Create table`. */
export function statementLabel(sql: string): string {
  const words = sqlTokens(sql.slice(0, HEAD_LETTERS))
    .filter(({ kind }) => kind === "word")
    .map(({ text }) => text.toUpperCase());
  const [first = ""] = words;
  if (first === "") return "Statement";
  const title = first.charAt(0) + first.slice(1).toLowerCase();
  if (["WITH", "VALUES", "TABLE", "FROM"].includes(first)) return "Select";
  if (!PAIRS.has(first)) return title;
  const object = words.slice(1).find((word) => !FILLERS.has(word));
  return object === undefined ? title : `${title} ${object.toLowerCase()}`;
}

/** The name of a result tab. */
export function tabTitle({ sql, number, previewOf, title }: Statement): string {
  if (title !== undefined) return title;
  if (previewOf === null) return `${number > 0 ? `${number} ` : ""}${statementLabel(sql)}`;
  const { part } = previewOf;
  return part.kind === "cte" ? `Preview of ${part.name}` : `Preview of the ${part.kind}`;
}

/** Beside the name: rows of what is done, progress of what runs, the state of the rest. */
export function tabDetail({ status, run }: Statement): string {
  if (status === "succeeded" && run !== null) {
    const written = run.writes.find(({ rows }) => rows !== null);
    return formatCount(written?.rows ?? run.rows, "row");
  }
  if (status === "running" && run !== null)
    return run.progressShare === null ? formatCount(run.rows, "row") : formatShare(run.progressShare, 0);
  return status === "running" ? "" : status;
}

/** How long it has taken, by the server's clock where it is over. */
export const elapsedOf = (statement: Statement, now: number): number =>
  isOver(statement) ? (statement.run?.elapsedMs ?? 0) : Math.max(0, now - statement.askedAt);

/** Marks beside the first lines of the statements of a text. Previews have none: they are of parts. */
export const prepareMarks = (statements: readonly Statement[]): RunMark[] =>
  statements
    .filter(({ previewOf, number }) => previewOf === null && number > 0)
    .map((each) => ({
      key: each.key,
      sql: each.sql,
      state: each.status,
      elapsed: isOver(each)
        ? { ms: each.run?.elapsedMs ?? null }
        : each.status === "queued"
          ? { ms: null }
          : { since: each.askedAt },
    }));

/** What went wrong, from its run or from the refusal to run it; its place is in the text that was asked. */
export function statementError({
  sql,
  run,
  failure,
}: Pick<Statement, "sql" | "run" | "failure">): QueryError | null {
  if (run?.error) return run.error;
  if (failure === null) return null;
  const code = FAILURE_CODES.find((each) => each === failure.code) ?? "engine_failed";
  return queryErrorOf({ ...failure, code, errors: failure.errors ?? [] }, sql);
}

/** What engines complained of, at places from the start of each statement as it stands in the text. */
export const prepareProblems = (statements: readonly Statement[]): (EditorProblem & { key: string })[] =>
  statements.flatMap((statement) => {
    const { key, previewOf, status } = statement;
    const error = status === "failed" ? statementError(statement) : null;
    if (error === null || error.place === null) return [];
    const { offset, length } = error.place;
    const start = previewOf === null ? offset : originOf(previewOf.origins, offset);
    return [{ key, start, end: start + Math.max(1, length), message: error.message, hint: error.hint }];
  });

/** The tab that a statement of the text already has: the one whose place begins inside it. */
export function tabOfStatement(
  { start, until }: StatementText,
  tabs: { key: string; start: number }[],
): string | null {
  return tabs.find((tab) => tab.start >= start && tab.start < Math.max(until, start + 1))?.key ?? null;
}

/** The statements that a selection holds, wholly or in part, cut to it; those of the whole text without one. */
export function statementsIn(
  statements: StatementText[],
  text: string,
  selection: { start: number; end: number } | null,
): StatementText[] {
  if (selection === null) return statements;
  return statements.flatMap((each) => {
    const from = Math.max(each.start, selection.start);
    const to = Math.min(each.end, selection.end);
    const sql = text.slice(from, to);
    const lead = sql.length - sql.trimStart().length;
    const cut = sql.trim();
    const start = from + lead;
    return to <= from || cut === "" ? [] : [{ sql: cut, start, end: start + cut.length, until: each.until }];
  });
}
