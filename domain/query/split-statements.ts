import { sqlTokens } from "../shared/sql-tokens";

/** One statement of a text: `[start, end)` from its first sign to its last, without its semicolon. */
export type StatementText = {
  sql: string;
  start: number;
  end: number;
  /** Behind its semicolon; the end of the text where it has none. */
  until: number;
};

/** The statements of a text, in their order; semicolons in texts, names and comments part nothing, empty ones are left out. */
export function splitStatements(text: string): StatementText[] {
  const statements: StatementText[] = [];
  let start: number | null = null;
  let end = 0;
  const close = (until: number) => {
    if (start !== null) statements.push({ sql: text.slice(start, end), start, end, until });
    start = null;
  };
  for (const token of sqlTokens(text)) {
    if (token.kind === "sign" && token.text === ";") close(token.end);
    else {
      start ??= token.start;
      end = token.end;
    }
  }
  close(text.length);
  return statements;
}

/**
 * The statement that a cursor at `offset` means: the one that it stands in or right behind, else the next, else the
 * last. Null where there is none.
 */
export function statementAt(statements: StatementText[], offset: number): StatementText | null {
  return statements.find(({ until }) => offset <= until) ?? statements.at(-1) ?? null;
}
