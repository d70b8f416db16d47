import { type SqlToken, sqlTokens } from "../../../domain/shared/sql-tokens";

const isWord = (token: SqlToken | undefined, word: string): boolean =>
  token?.kind === "word" && token.text.toUpperCase() === word;

/** A query that gives at most so many rows, in its own order; a smaller limit of its own stays. */
export function limitRows(sql: string, limit: number): string {
  const tokens = sqlTokens(sql).filter(({ text }) => text !== ";");
  const end = tokens.at(-1)?.end ?? 0;
  const text = sql.slice(0, end);
  const clause = ownLimit(tokens);
  if (clause === null) return `${text}\nLIMIT ${limit}`;
  const { amount } = clause;
  if (amount.kind === "number" && Number(amount.text) <= limit) return text;
  return `${text.slice(0, amount.start)}${limit}${text.slice(amount.end)}`;
}

/** `LIMIT n` at the end of the whole query, or before its `OFFSET m`. */
function ownLimit(tokens: SqlToken[]): { amount: SqlToken } | null {
  const isOffset = isWord(tokens.at(-2), "OFFSET") && !isWord(tokens.at(-3), "FROM");
  const [word, amount] = isOffset ? tokens.slice(-4, -2) : tokens.slice(-2);
  if (!isWord(word, "LIMIT") || amount === undefined) return null;
  return amount.kind === "number" || isWord(amount, "ALL") ? { amount } : null;
}
